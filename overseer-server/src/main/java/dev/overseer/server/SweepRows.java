package dev.overseer.server;

import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.JournalEntry.SweepBegun;
import dev.overseer.runner.journal.JournalEntry.SweepEnded;
import dev.overseer.runner.journal.SweepTally;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.runner.sweep.SweepStanding;
import dev.overseer.server.desk.SweepStatus;
import java.util.Optional;

/** Sweeps as the desk shows them. */
final class SweepRows {
  private SweepRows() {}

  /** The check's sweep that is under way, or else its last one. */
  static Optional<SweepStatus> status(SweepBook sweeps, CheckName check) {
    return sweeps
        .find(check)
        .map(sweep -> underWay(sweep.begun(), sweep.tally(), sweeps.standing(check)))
        .or(
            () ->
                sweeps
                    .findBegun(check)
                    .flatMap(begun -> sweeps.findEnded(check).map(ended -> ended(begun, ended))));
  }

  private static SweepStatus underWay(SweepBegun begun, SweepTally tally, SweepStanding standing) {
    return new SweepStatus(
        true,
        begun.scope().word(),
        wantedBy(begun),
        begun.at(),
        tally.lookedAt(),
        standing.isCounted() ? Optional.of(standing.records()) : Optional.empty(),
        tally.triggered(),
        tally.passed(),
        tally.failed(),
        undecided(tally),
        standing.held(),
        Optional.empty(),
        Optional.empty());
  }

  private static SweepStatus ended(SweepBegun begun, SweepEnded ended) {
    SweepTally tally = ended.tally();
    return new SweepStatus(
        false,
        begun.scope().word(),
        wantedBy(begun),
        begun.at(),
        tally.lookedAt(),
        Optional.empty(),
        tally.triggered(),
        tally.passed(),
        tally.failed(),
        undecided(tally),
        Optional.empty(),
        Optional.of(ended.at()),
        Optional.of(ended.by().map(by -> "stopped by " + by + ": ").orElse("") + ended.reason()));
  }

  private static String wantedBy(SweepBegun begun) {
    return begun.by().orElse("the configuration")
        + (begun.reason().isBlank() ? "" : ": " + begun.reason());
  }

  private static long undecided(SweepTally tally) {
    return tally.inconclusive() + tally.notApplicable() + tally.errored();
  }
}
