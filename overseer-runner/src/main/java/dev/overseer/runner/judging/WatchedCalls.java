package dev.overseer.runner.judging;

import dev.overseer.model.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Calls on a thread of its own, watched by the caller: a thread that stays with one call for longer
 * than the timeout is interrupted and left behind, and another one goes on with the next call. All
 * calls of a batch share a thread, because a hand-over costs more than most checks.
 *
 * <p>The caller looks eight times per timeout, so a call is given up between one and 9/8 timeouts
 * after it began. When {@link #LEFT_BEHIND_MAX} threads were left behind and still run, further
 * calls are refused until one of them ends. To be used by one thread at a time.
 */
public final class WatchedCalls implements CheckCalls {
  static final int LEFT_BEHIND_MAX = 4;
  private static final int LOOKS = 8;

  private final Executor executor;
  private final List<Worker<?>> leftBehind = new ArrayList<>();

  /**
   * @param executor starts a thread for each task, at once: a virtual one, say
   */
  public WatchedCalls(Executor executor) {
    this.executor = executor;
  }

  @Override
  public <T> List<Called<T>> callAll(List<Callable<T>> calls, Duration timeout) {
    AtomicReferenceArray<@Nullable Called<T>> results = new AtomicReferenceArray<>(calls.size());
    int from = 0;
    while (from < calls.size() && !tooManyLeftBehind()) {
      from = work(calls, from, results, timeout);
    }
    List<Called<T>> called = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      Called<T> result = results.get(i);
      called.add(result != null ? result : refused());
    }
    return called;
  }

  private static <T> Called<T> refused() {
    return new Called.Refused<>("earlier calls of this check have not come back");
  }

  private boolean tooManyLeftBehind() {
    leftBehind.removeIf(Worker::hasEnded);
    return leftBehind.size() >= LEFT_BEHIND_MAX;
  }

  /** Has one worker make the calls from {@code from} on; returns where the next one goes on. */
  private <T> int work(
      List<Callable<T>> calls,
      int from,
      AtomicReferenceArray<@Nullable Called<T>> results,
      Duration timeout) {
    Worker<T> worker = new Worker<>(calls, from, results);
    executor.execute(worker);
    long lookMicros = Math.max(1, timeout.toNanos() / 1000 / LOOKS);
    int at = Worker.NOT_STARTED;
    int looks = 0;
    while (!worker.endsWithin(lookMicros)) {
      looks = worker.at == at ? looks + 1 : 0;
      at = worker.at;
      if (looks >= LOOKS && at == Worker.NOT_STARTED) {
        leftBehind.add(worker);
        worker.giveUp();
        return calls.size();
      }
      if (looks >= LOOKS && results.compareAndSet(at, null, new Called.TimedOut<>(timeout))) {
        leftBehind.add(worker);
        worker.giveUp();
        return at + 1;
      }
    }
    return calls.size();
  }

  private static final class Worker<T> implements Runnable {
    static final int NOT_STARTED = -1;

    private final List<Callable<T>> calls;
    private final int from;
    private final AtomicReferenceArray<@Nullable Called<T>> results;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int at = NOT_STARTED;
    private volatile boolean givenUp;
    private volatile @Nullable Thread thread;

    Worker(List<Callable<T>> calls, int from, AtomicReferenceArray<@Nullable Called<T>> results) {
      this.calls = calls;
      this.from = from;
      this.results = results;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        for (int i = from; i < calls.size() && !givenUp; i++) {
          at = i;
          if (!results.compareAndSet(i, null, DirectCalls.call(calls.get(i)))) {
            return;
          }
        }
      } finally {
        ended.countDown();
      }
    }

    void giveUp() {
      givenUp = true;
      Thread stuck = thread;
      if (stuck != null) {
        stuck.interrupt();
      }
    }

    boolean hasEnded() {
      return ended.getCount() == 0;
    }

    boolean endsWithin(long micros) {
      try {
        return ended.await(micros, TimeUnit.MICROSECONDS);
      } catch (InterruptedException stopping) {
        giveUp();
        Thread.currentThread().interrupt();
        throw new Unavailable("Interrupted while a check was judging", stopping);
      }
    }
  }
}
