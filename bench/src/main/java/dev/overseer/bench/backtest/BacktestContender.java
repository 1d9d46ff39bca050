package dev.overseer.bench.backtest;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.formats.Formats;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.backtest.Backtest;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.BacktestReport;
import dev.overseer.runner.backtest.BacktestRequest;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.server.CallingThreads;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Has a check judge every withdrawal of the log, and finds what was planted in it. */
final class BacktestContender implements Contender {
  static final String NAME = "backtest";

  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final int PARTS = 2;

  private final WithdrawalsLog log;

  record Withdrawal(long id, BigDecimal amount, String status) {}

  record Entry(long id, BigDecimal amount) {}

  record Booking(Withdrawal withdrawal, List<Entry> entries) {}

  BacktestContender(WithdrawalsLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return NAME;
  }

  private static Outcome bookedOnce(Booking view) {
    List<Entry> entries = view.entries();
    if (entries.size() != 1) {
      return Outcome.failed("entries", "One entry is expected", 1, entries.size());
    }
    BigDecimal booked = entries.getFirst().amount();
    BigDecimal amount = view.withdrawal().amount();
    return booked.compareTo(amount) == 0
        ? Outcome.passed()
        : Outcome.failed("amount", "The amounts differ", amount, booked);
  }

  private static ActiveCheck check() {
    var check =
        new CheckDeclaration<>(
                new CheckName("withdrawal-is-booked-once"),
                Booking.class,
                (view, _) -> bookedOnce(view))
            .strategy(ExecutionStrategy.eventuallyWithin(WITHIN))
            .definition();
    DefinitionText text =
        DefinitionText.of(
            check, WithdrawalsLog.DEFINITIONS, Map.of(), Map.of(Formats.PGOUTPUT, "1"));
    return new ActiveCheck(check, text.hash(), EffectiveTime.MIN);
  }

  @Override
  public Measurement run() {
    Formats formats = Formats.standard();
    try (ExecutorService threads = Executors.newCachedThreadPool();
        CallingThreads calls = new CallingThreads()) {
      long begun = System.nanoTime();
      BacktestReport report =
          new Backtest(
                  new BacktestRequest(check(), EffectiveTime.MAX),
                  new BacktestParts(
                      log.log(),
                      log.index(),
                      WithdrawalsLog.DEFINITIONS,
                      formats::decoder,
                      (index, updates) ->
                          new StoredViews(
                              index,
                              updates,
                              WithdrawalsLog.DEFINITIONS,
                              formats,
                              ViewLimits.DEFAULT),
                      calls.ofChecks()::awaitedCallsOf,
                      InstantSource.system()),
                  BacktestLimits.standard(),
                  new Workers(
                      PARTS,
                      Optional.of(threads),
                      ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
                      () -> {}),
                  Optional.empty(),
                  _ -> {})
              .run();
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (report.failures() != log.planted()) {
        throw new IllegalStateException(
            "%d withdrawals were not booked, and %d were found"
                .formatted(log.planted(), report.failures()));
      }
      return new Measurement(
          report.cost().updates(),
          seconds,
          List.of(
              new Figure("judgements", report.cost().judgements(), ""),
              new Figure("verdicts", report.outcomes().all(), ""),
              new Figure("processor time", report.cost().cpu().toMillis() / 1e3, "s")));
    }
  }
}
