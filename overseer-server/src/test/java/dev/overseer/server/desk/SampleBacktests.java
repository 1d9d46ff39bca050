package dev.overseer.server.desk;

import dev.overseer.server.desk.BacktestAnswer.Compared;
import dev.overseer.server.desk.BacktestAnswer.Cost;
import dev.overseer.server.desk.BacktestAnswer.Difference;
import dev.overseer.server.desk.BacktestAnswer.Failure;
import dev.overseer.server.desk.BacktestAnswer.Waits;
import dev.overseer.server.desk.ViolationSummary.Reason;
import dev.overseer.server.reading.NotThere;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One backtest, which is done as soon as somebody looks. */
final class SampleBacktests implements Backtests {
  private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");

  @Override
  public BacktestStatus start(BacktestAsk ask) {
    return status(ask.check(), BacktestStatus.RUNNING, Optional.empty());
  }

  @Override
  public BacktestStatus get(String id) {
    if (!id.equals("1")) {
      throw new NotThere("There is no backtest " + id);
    }
    return status("sample", BacktestStatus.DONE, Optional.of(answer()));
  }

  @Override
  public BacktestStatus cancel(String id) {
    return status("sample", BacktestStatus.CANCELLED, Optional.empty());
  }

  private static BacktestStatus status(
      String check, String state, Optional<BacktestAnswer> answer) {
    return new BacktestStatus("1", check, state, 500, 1000, answer, Optional.empty());
  }

  private static BacktestAnswer answer() {
    return new BacktestAnswer(
        "withdrawal-is-booked-once",
        "ab".repeat(32),
        true,
        Optional.of(TIME),
        Optional.empty(),
        Optional.of(TIME.plusSeconds(60)),
        2,
        Map.of("failed", 1L),
        1,
        1,
        List.of(
            new Failure(
                "withdrawal/42",
                TIME,
                TIME.plusSeconds(1),
                List.of(new Reason("wrong-amount", "The amounts differ", "1.10", "1.1000000001")),
                "update",
                1000,
                Optional.empty())),
        List.of(),
        new Waits(1, 0, 1000, 1000, 1000),
        Optional.of(
            new Compared(
                7,
                1,
                0,
                0,
                0,
                List.of(
                    new Difference(
                        "withdrawal/42",
                        TIME,
                        TIME.plusSeconds(1),
                        Optional.of("passed"),
                        Optional.of("failed: The amounts differ"))))),
        new Cost(1000, 8, 20, 30, 50_000));
  }
}
