package dev.overseer.runner.judging;

import dev.overseer.model.Unavailable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Calls whose flights are back when they were begun. */
record AwaitedCalls(CheckCalls calls) implements CheckCalls {
  private static final long LOOK_NANOS = 1_000_000;

  @Override
  public <T> Flight<List<Called<T>>> start(List<Callable<T>> several) {
    Flight<List<Called<T>>> flight = calls.start(several);
    while (!flight.isBack()) {
      LockSupport.parkNanos(LOOK_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new Unavailable("Interrupted while a check was judging");
      }
    }
    return flight;
  }

  @Override
  public boolean areStuck() {
    return calls.areStuck();
  }
}
