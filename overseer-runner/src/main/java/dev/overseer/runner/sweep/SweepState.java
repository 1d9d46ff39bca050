package dev.overseer.runner.sweep;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry.SweepBegun;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import dev.overseer.runner.journal.SweepTally;

/**
 * A sweep that has not ended, as far as the journal tells of it.
 *
 * @param last the time of its last triggers; before the first, of those of the sweep before
 */
public record SweepState(SweepBegun begun, SweepTally tally, Walk walk, EffectiveTime last) {

  /** Where it is in the order of records. */
  public sealed interface Walk {
    record Beginning() implements Walk {}

    record After(RecordKey record) implements Walk {}

    /** All records were looked at; some that were triggered may still be to be judged. */
    record Over() implements Walk {}
  }

  static SweepState of(SweepBegun begun, EffectiveTime last) {
    return new SweepState(begun, SweepTally.NOTHING, new Walk.Beginning(), last);
  }

  public boolean isWalked() {
    return walk instanceof Walk.Over;
  }

  SweepState after(SweepWent went) {
    return new SweepState(
        begun,
        tally.went(went.lookedAt(), went.roots().size()),
        went.last().<Walk>map(Walk.After::new).orElseGet(Walk.Over::new),
        last.max(went.trigger()));
  }

  SweepState with(SweepTally counted) {
    return new SweepState(begun, counted, walk, last);
  }
}
