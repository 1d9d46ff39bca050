package dev.overseer.runner.backtest;

import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.Flight;
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
  public <T> Flight<List<Called<T>>> start(List<Callable<T>> asked) {
    count += asked.size();
    return calls.start(asked);
  }

  @Override
  public boolean areStuck() {
    return calls.areStuck();
  }

  long count() {
    return count;
  }
}
