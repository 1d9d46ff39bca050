package dev.overseer.server;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import dev.overseer.store.log.SegmentedLog;

/**
 * Lets nothing in before it is safe from when on each check applies. Where the archive counts, a
 * machine that was lost would else have taken in changes that the next one, which activates the
 * check anew and later, does not judge.
 */
final class SafeActivations implements Stage {
  private static final String REASON = "the archive does not hold the checks' activation yet";

  private final SegmentedLog<?> updateLog;
  private final SegmentedLog<?> journal;
  private final LogOffset activated;
  private boolean waits;

  /** To be made when all checks are activated, and before any source is tailed. */
  SafeActivations(SegmentedLog<?> updateLog, SegmentedLog<?> journal) {
    this.updateLog = updateLog;
    this.journal = journal;
    this.activated = journal.appended();
    journal.sync();
    waits = !isSafe();
    if (waits) {
      updateLog.stopIntake(REASON);
      journal.seal();
    }
  }

  private boolean isSafe() {
    return journal.safe().compareTo(activated) >= 0;
  }

  @Override
  public boolean step() {
    if (!waits || !isSafe()) {
      return false;
    }
    waits = false;
    updateLog.resumeIntake(REASON);
    return true;
  }
}
