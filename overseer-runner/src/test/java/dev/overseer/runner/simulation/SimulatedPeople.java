package dev.overseer.runner.simulation;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.Supervision;
import dev.overseer.runner.journal.CheckMode;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import dev.overseer.runner.journal.ModeBook;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.runner.sweep.SweepStanding;
import dev.overseer.runner.sweep.SweepState;
import dev.overseer.runner.sweep.Sweeps;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * People who have checks swept, observed and paused, and stop that, whenever it pleases. Nothing is
 * swept when all has been heard: there would be no time left in which to judge it.
 */
record SimulatedPeople(SweepBook book, ModeBook modes, Random random) implements Supervision {

  /** One of the checks. */
  void sweep(List<CheckName> checks) {
    CheckName check = any(checks);
    if (book.find(check).isEmpty()) {
      SweepScope scope = random.nextInt(3) > 0 ? SweepScope.UNJUDGED : SweepScope.ALL;
      book.begin(check, scope, "ann", "it pleases");
    } else if (random.nextInt(8) == 0) {
      book.stop(check, "ann", "it pleases");
    }
  }

  /** For one of the checks. */
  void chooseMode(List<CheckName> checks) {
    CheckMode[] all = CheckMode.values();
    modes.choose(any(checks), all[random.nextInt(all.length)], "ann", "it pleases");
  }

  /** Whatever is paused is active, or observed, from now on. */
  void resume(List<CheckName> checks) {
    checks.stream()
        .filter(modes::isPaused)
        .forEach(
            check ->
                modes.choose(
                    check,
                    random.nextInt(3) > 0 ? CheckMode.ACTIVE : CheckMode.OBSERVE,
                    "ann",
                    "it is over"));
  }

  private CheckName any(List<CheckName> checks) {
    return checks.get(random.nextInt(checks.size()));
  }

  @Override
  public Sweeps sweeps() {
    return new InTime(book);
  }

  private record InTime(SweepBook book) implements Sweeps {
    @Override
    public Optional<SweepWent> go(
        SweepState sweep,
        EffectiveTime trigger,
        List<RecordKey> roots,
        long lookedAt,
        Optional<RecordKey> last) {
      return trigger.micros() < Substream.END
          ? book.go(sweep, trigger, roots, lookedAt, last)
          : Optional.empty();
    }

    @Override
    public int recordsPerSecond(CheckName check) {
      return book.recordsPerSecond(check);
    }

    @Override
    public EffectiveTime unjudgedFrom(CheckName check) {
      return book.unjudgedFrom(check);
    }

    @Override
    public Optional<SweepState> find(CheckName check, DefinitionHash definition) {
      return book.find(check, definition);
    }

    @Override
    public void end(SweepState sweep) {
      book.end(sweep);
    }

    @Override
    public void stands(CheckName check, SweepStanding standing) {
      book.stands(check, standing);
    }

    @Override
    public void eachFrom(
        EffectiveTime from, CheckName check, DefinitionHash definition, Consumer<SweepWent> each) {
      book.eachFrom(from, check, definition, each);
    }
  }

  @Override
  public boolean isPaused(CheckName check) {
    return modes.isPaused(check);
  }

  @Override
  public Optional<String> suspension(CheckName check) {
    return Optional.empty();
  }

  @Override
  public boolean suspends() {
    return false;
  }

  @Override
  public void suspended(CheckName check, String why) {}

  @Override
  public void resumed(CheckName check, String why) {}
}
