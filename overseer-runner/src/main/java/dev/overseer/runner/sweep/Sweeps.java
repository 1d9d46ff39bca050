package dev.overseer.runner.sweep;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The sweeps that are wanted, and what is put on record of them. Asked by the runner's thread. */
public interface Sweeps {

  /** How many records a sweep of the check looks at in a second, at most. */
  int recordsPerSecond(CheckName check);

  /** The check's sweep under this definition that has not ended. */
  Optional<SweepState> find(CheckName check, DefinitionHash definition);

  /** From when on nothing of the check is on record as judged completely. */
  EffectiveTime unjudgedFrom(CheckName check);

  /**
   * Puts on record that a sweep goes on, unless nobody wants it any more. Durable on return.
   *
   * @param roots that are triggered
   * @param lookedAt how many records
   * @param last the one that was looked at last; empty when there are no more
   * @throws dev.overseer.model.Unavailable when the journal cannot be written
   */
  Optional<SweepWent> go(
      SweepState sweep,
      EffectiveTime trigger,
      List<RecordKey> roots,
      long lookedAt,
      Optional<RecordKey> last);

  /** The sweep is at its end, and everything that it triggered is judged. Durable on return. */
  void end(SweepState sweep);

  /** What is seen of a sweep while it is under way, and is on no record. */
  void stands(CheckName check, SweepStanding standing);

  /** Everything at {@code from} or later that sweeps of the check's activation have triggered. */
  void eachFrom(
      EffectiveTime from, CheckName check, DefinitionHash definition, Consumer<SweepWent> each);

  /** Nobody ever wants one. */
  static Sweeps none() {
    return new NoSweeps();
  }
}
