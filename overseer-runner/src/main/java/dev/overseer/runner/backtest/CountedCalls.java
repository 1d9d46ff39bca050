package dev.overseer.runner.backtest;

import dev.overseer.runner.judging.CheckCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Calls as another makes them, counted. Belongs to one thread. */
final class CountedCalls implements CheckCalls {
  private final CheckCalls calls;
  private long count;

  CountedCalls(CheckCalls calls) {
    this.calls = calls;
  }

  @Override
  public <T> List<Called<T>> callAll(List<Callable<T>> asked, Duration timeout) {
    count += asked.size();
    return calls.callAll(asked, timeout);
  }

  long count() {
    return count;
  }
}
