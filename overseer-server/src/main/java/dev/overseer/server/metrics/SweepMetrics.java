package dev.overseer.server.metrics;

import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.JournalEntry.SweepEnded;
import dev.overseer.runner.journal.SweepTally;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.runner.sweep.SweepState;

/** How far one check's sweep has come, read when somebody asks. */
public final class SweepMetrics {
  private SweepMetrics() {}

  public static void register(Metrics metrics, CheckName check, SweepBook sweeps) {
    metrics.ofCheck(
        check,
        "overseer.check.sweep.under.way",
        "1 while its roots are swept, else 0",
        () -> sweeps.find(check).isPresent() ? 1 : 0);
    metrics.ofCheck(
        check,
        "overseer.check.sweep.records",
        "Records that there are for the sweep to look at, as far as they are counted",
        () -> sweeps.standing(check).records());
    metrics.ofCheck(
        check,
        "overseer.check.sweep.looked.at.records",
        "Records that the sweep, or the last one, has looked at",
        () -> tally(sweeps, check).lookedAt());
    metrics.ofCheck(
        check,
        "overseer.check.sweep.failed.roots",
        "Verdicts of what the sweep, or the last one, has triggered that failed",
        () -> tally(sweeps, check).failed());
  }

  private static SweepTally tally(SweepBook sweeps, CheckName check) {
    return sweeps
        .find(check)
        .map(SweepState::tally)
        .or(() -> sweeps.findEnded(check).map(SweepEnded::tally))
        .orElse(SweepTally.NOTHING);
  }
}
