package dev.overseer.runner.sweep;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** For replays and simulations: there is no sweep. */
record NoSweeps() implements Sweeps {

  @Override
  public int recordsPerSecond(CheckName check) {
    return 1;
  }

  @Override
  public Optional<SweepState> find(CheckName check, DefinitionHash definition) {
    return Optional.empty();
  }

  @Override
  public EffectiveTime unjudgedFrom(CheckName check) {
    return EffectiveTime.MIN;
  }

  @Override
  public Optional<SweepWent> go(
      SweepState sweep,
      EffectiveTime trigger,
      List<RecordKey> roots,
      long lookedAt,
      Optional<RecordKey> last) {
    return Optional.empty();
  }

  @Override
  public void end(SweepState sweep) {}

  @Override
  public void stands(CheckName check, SweepStanding standing) {}

  @Override
  public void eachFrom(
      EffectiveTime from, CheckName check, DefinitionHash definition, Consumer<SweepWent> each) {}
}
