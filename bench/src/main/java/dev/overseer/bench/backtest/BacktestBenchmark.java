package dev.overseer.bench.backtest;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Occasion;
import dev.overseer.bench.measure.Ratio;
import java.util.List;

/** A backtest beside its limit. */
final class BacktestBenchmark {
  private static final double RATE_MIN = 300_000;

  private final Occasion occasion;
  private final long updates;

  BacktestBenchmark(Occasion occasion, long updates) {
    this.occasion = occasion;
    this.updates = updates;
  }

  List<Comparison> run() {
    try (WithdrawalsLog log = WithdrawalsLog.of(updates)) {
      occasion
          .settings()
          .accept(
              "%,d updates of some %d bytes of two sources, 4 a withdrawal within 1.2 s, transactions of 10 to 30; eventuallyWithin 10 s"
                  .formatted(log.updates(), WithdrawalsLog.BYTES));
      return List.of(
          occasion
              .protocol()
              .compare(
                  "a view of two tables",
                  List.of(new BacktestContender(log), new ReadingContender(log)),
                  List.of(
                      new Ratio.Floor("backtest-rate", BacktestContender.NAME, RATE_MIN),
                      new Ratio.Told(
                          "backtest-reading", BacktestContender.NAME, ReadingContender.NAME))));
    }
  }
}
