package dev.overseer.runner.judging;

import dev.overseer.checks.CheckLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Calls on other threads, as many at a time as the check allows, watched whenever somebody asks
 * whether a flight is back. A call that takes longer than the timeout, or allocates too much, is
 * given up: its thread is interrupted and left behind, and another one goes on with the next call.
 * All calls of a thread's turn share it, because a hand-over costs more than most checks.
 *
 * <p>When {@link #LEFT_BEHIND_MAX} threads were left behind and still run, or as many as there may
 * be calls at a time, further calls are refused until one of them ends: so a check can take that
 * many threads for ever, and no more.
 *
 * <p>Where the last flight was back at once, the next one is waited for that long: a few
 * microseconds per call. So prompt checks are judged as if they were called here, and others hold
 * up nobody.
 */
final class WatchedCalls implements CheckCalls {
  static final int LEFT_BEHIND_MAX = 2;

  private static final long PATIENCE_NANOS = 1_000_000;
  private static final long PATIENCE_PER_CALL_NANOS = 20_000;

  private final CheckThreads threads;
  private final Retries retries;
  private final Deque<WatchedFlight<?>> queue = new ArrayDeque<>();
  private final CallWatch watch;

  WatchedCalls(String check, CheckLimits limits, CheckThreads threads) {
    this.threads = threads;
    this.retries = new Retries(limits);
    this.watch = new CallWatch("check " + check, limits, threads);
  }

  @Override
  public <T> Flight<List<Called<T>>> start(List<Callable<T>> calls) {
    WatchedFlight<T> flight = new WatchedFlight<>(calls, watch, retries);
    queue.addLast(flight);
    drive();
    if (watch.isPrompt() && queue.peekFirst() == flight) {
      flight.await(patienceNanos(calls.size()));
    }
    return new Flight<>() {
      @Override
      public boolean isBack() {
        if (!flight.isOver()) {
          drive();
        }
        return flight.isOver();
      }

      @Override
      public List<Called<T>> result() {
        return flight.results();
      }
    };
  }

  @Override
  public boolean areStuck() {
    return watch.isStuck();
  }

  private static long patienceNanos(int calls) {
    return PATIENCE_NANOS + PATIENCE_PER_CALL_NANOS * calls;
  }

  /** One flight after another; the first of the queue is the one under way. */
  private void drive() {
    long now = threads.nanos().getAsLong();
    WatchedFlight<?> first = queue.peekFirst();
    while (first != null && first.drive(now)) {
      long patience = patienceNanos(first.size());
      watch.landed(first.nanos() <= patience, first.cpuNanos() > patience);
      queue.removeFirst();
      first = queue.peekFirst();
    }
  }
}
