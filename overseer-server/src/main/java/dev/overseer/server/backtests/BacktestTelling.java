package dev.overseer.server.backtests;

import dev.overseer.checks.Inputs;
import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.backtest.BacktestReport;
import dev.overseer.runner.backtest.Cost;
import dev.overseer.runner.backtest.Difference;
import dev.overseer.runner.backtest.Differences;
import dev.overseer.runner.backtest.Episode;
import dev.overseer.runner.backtest.OutcomeCounts;
import dev.overseer.runner.backtest.Waits;
import dev.overseer.server.desk.BacktestAnswer;
import dev.overseer.server.desk.ViolationSummary.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A backtest's report as the desk shows it. */
final class BacktestTelling {
  private BacktestTelling() {}

  static BacktestAnswer answer(BacktestReport report) {
    return new BacktestAnswer(
        report.check().value(),
        report.definition().hex(),
        report.inputs() == Inputs.CALLS_OUT,
        instant(report.from()),
        instant(report.to()),
        instant(report.judgedUpTo()),
        report.pending(),
        counts(report.outcomes()),
        report.failures(),
        report.failingAtEnd(),
        report.episodes().stream().map(BacktestTelling::failure).toList(),
        report.errors(),
        waits(report.waits()),
        report.differences().map(BacktestTelling::compared),
        cost(report.cost()));
  }

  /** Empty where nothing was ever heard, or everything is meant. */
  private static Optional<Instant> instant(EffectiveTime time) {
    boolean real =
        time.isAfter(EffectiveTime.of(Instant.EPOCH)) && time.isBefore(EffectiveTime.MAX);
    return real ? Optional.of(time.toInstant()) : Optional.empty();
  }

  private static Map<String, Long> counts(OutcomeCounts counts) {
    Map<String, Long> told = new LinkedHashMap<>();
    told.put("passed", counts.passed());
    told.put("failed", counts.failed());
    told.put("inconclusive", counts.inconclusive());
    told.put("not-applicable", counts.notApplicable());
    told.put("errored", counts.errored());
    return told;
  }

  private static BacktestAnswer.Failure failure(Episode episode) {
    return new BacktestAnswer.Failure(
        episode.root().toString(),
        episode.trigger().toInstant(),
        episode.cut().toInstant(),
        episode.reasons().stream().map(BacktestTelling::reason).toList(),
        episode.decidedBy().byDeadline() ? "deadline" : "update",
        episode.decidedBy().lag().toMillis(),
        episode.healedAt().map(EffectiveTime::toInstant));
  }

  private static Reason reason(Outcome.Reason reason) {
    return new Reason(reason.code(), reason.text(), reason.expected(), reason.actual());
  }

  private static BacktestAnswer.Waits waits(Waits waits) {
    return new BacktestAnswer.Waits(
        waits.count(),
        waits.byDeadline(),
        waits.median().toMillis(),
        waits.p99().toMillis(),
        waits.max().toMillis());
  }

  private static BacktestAnswer.Compared compared(Differences differences) {
    return new BacktestAnswer.Compared(
        differences.same(),
        differences.otherOutcome(),
        differences.onlyLive(),
        differences.onlyBacktest(),
        differences.carried(),
        differences.listed().stream().map(BacktestTelling::difference).toList());
  }

  private static BacktestAnswer.Difference difference(Difference difference) {
    return new BacktestAnswer.Difference(
        difference.root().toString(),
        difference.trigger().toInstant(),
        difference.cut().toInstant(),
        difference.live().map(BacktestTelling::text),
        difference.backtest().map(BacktestTelling::text));
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> "passed";
      case Outcome.Failed(List<Outcome.Reason> reasons) ->
          reasons.stream()
              .map(Outcome.Reason::text)
              .collect(Collectors.joining("; ", "failed: ", ""));
      case Outcome.Inconclusive(String why) -> "inconclusive: " + why;
      case Outcome.NotApplicable(String why) -> "not applicable: " + why;
      case Outcome.Errored(String error) -> "errored: " + error;
    };
  }

  private static BacktestAnswer.Cost cost(Cost cost) {
    return new BacktestAnswer.Cost(
        cost.updates(),
        cost.judgements(),
        cost.time().toMillis(),
        cost.cpu().toMillis(),
        Math.round(cost.updatesPerSecond()));
  }
}
