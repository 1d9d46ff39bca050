package dev.overseer.runner.judging;

import dev.overseer.model.Unavailable;
import dev.overseer.runner.judging.CheckCalls.Called;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Some calls, each made once. Threads take them in turn; who owns the flight watches. */
final class CallPass<T> {
  /** For threads that were interrupted, to end. */
  private static final long GRACE_NANOS = 100_000_000;

  private final List<Callable<T>> calls;
  private final CallWatch watch;
  private final AtomicReferenceArray<@Nullable Called<T>> results;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;
  private final CountDownLatch settled = new CountDownLatch(1);
  private final List<CallingThread<T>> active = new ArrayList<>();
  private final Map<Integer, CallingThread<T>> givenUp = new HashMap<>();
  private final AtomicLong cpuNanos = new AtomicLong();
  private long mannedAt;
  private volatile long settledAt;

  CallPass(List<Callable<T>> calls, CallWatch watch, long now) {
    this.calls = calls;
    this.watch = watch;
    this.results = new AtomicReferenceArray<>(calls.size());
    this.left = new AtomicInteger(calls.size());
    this.mannedAt = now;
    man(now);
  }

  int size() {
    return calls.size();
  }

  Callable<T> call(int index) {
    return calls.get(index);
  }

  /** The call that is to be made next, by whoever asks. */
  int next() {
    return next.getAndIncrement();
  }

  /** What became of a call is decided once; says whether it is by this. */
  boolean settle(int index, Called<T> called) {
    boolean isFirst = results.compareAndSet(index, null, called);
    if (isFirst && left.decrementAndGet() == 0) {
      settledAt = watch.nanos();
      settled.countDown();
    }
    return isFirst;
  }

  /** A call has computed for so long. */
  void computed(long nanos) {
    cpuNanos.addAndGet(nanos);
  }

  long cpuNanos() {
    return cpuNanos.get();
  }

  /** Since when there is nothing more to wait for, as seen at {@code now}. */
  long overSince(long now) {
    return settled.getCount() == 0 ? settledAt : now;
  }

  /** Gives up what must be given up; says whether all is made that can be. */
  boolean isOver(long now) {
    if (left.get() > 0) {
      active.removeIf(thread -> isGone(thread, now));
      man(now);
    }
    if (!active.isEmpty() || watch.isResting(now)) {
      mannedAt = now;
    }
    return left.get() == 0 || now - mannedAt > GRACE_NANOS;
  }

  private boolean isGone(CallingThread<T> thread, long now) {
    if (thread.hasEnded()) {
      // It died of something that could not even be caught, unless it just had no more to do.
      int at = thread.at();
      if (at >= 0 && at < calls.size()) {
        settle(at, new Called.Failed<>("The check's thread died"));
      }
      return true;
    }
    Optional<String> excess = watch.excess(thread, now);
    int at = thread.at();
    if (excess.isPresent() && at >= 0 && settle(at, new Called.Failed<>(excess.get()))) {
      watch.leaveBehind(thread);
      givenUp.put(at, thread);
      return true;
    }
    return false;
  }

  private void man(long now) {
    int most = watch.isResting(now) ? 0 : Math.min(watch.concurrency(), left.get());
    while (active.size() < most && next.get() < calls.size() && !watch.isStuck()) {
      active.add(watch.begin(this));
    }
  }

  boolean await(long nanos) {
    try {
      return settled.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new Unavailable("Interrupted while a check was judging", stopping);
    }
  }

  /** What became of a call, after all that can be made were. */
  Called<T> result(int index) {
    Called<T> called = results.get(index);
    return called == null ? new Called.Refused<>() : called;
  }

  /** Whether the call has not come back although it was given up. */
  boolean isStillMade(int index) {
    CallingThread<T> thread = givenUp.get(index);
    return thread != null && !thread.hasEnded();
  }
}
