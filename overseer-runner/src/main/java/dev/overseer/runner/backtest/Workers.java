package dev.overseer.runner.backtest;

import dev.overseer.model.InvalidRequest;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Who does the work of a backtest.
 *
 * @param parts into which the roots are divided; beside them the log is read
 * @param executor gives each part a thread; empty: all is done on the caller's
 * @param cpuNanos how much processor time the thread that asks has had
 * @param turn run before each stretch of the log is read: it may wait, to let others go first
 */
public record Workers(
    int parts, Optional<Executor> executor, LongSupplier cpuNanos, Runnable turn) {
  public Workers {
    if (parts < 1) {
      throw new InvalidRequest("A backtest of no parts judges nothing");
    }
  }

  /** All on the caller's thread. */
  public static Workers onCallersThread(int parts) {
    return new Workers(parts, Optional.empty(), () -> 0, () -> {});
  }
}
