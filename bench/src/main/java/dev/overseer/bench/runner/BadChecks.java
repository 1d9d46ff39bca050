package dev.overseer.bench.runner;

import dev.overseer.bench.runner.BookingChecks.WithdrawalBooking;
import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.checks.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Checks that do what a check must not do, each in its own way. Those that come back are well at
 * every fourth withdrawal, so that none of them is ever suspended and they go on for as long as the
 * run does; those that do not come back never do, and end with the process.
 */
final class BadChecks implements CheckModule {
  static final List<String> NAMES =
      List.of("throwing", "deaf", "spinning", "deadlocking", "greedy", "recursing", "slow");

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int WELL_ONE_IN = 4;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int CHUNKS_KEPT = 64;
  private static final long ANSWER_NANOS = 100_000_000;

  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch both = new CountDownLatch(2);
  private final ReentrantLock first = new ReentrantLock();
  private final ReentrantLock second = new ReentrantLock();

  @Override
  public void declare(Checks checks) {
    for (String name : NAMES) {
      IntFunction<Outcome> doing = doing(name);
      checks
          .check(
              name,
              WithdrawalBooking.class,
              (view, _) -> doing.apply(view.withdrawal().id().hashCode()))
          .concurrency(name.equals("deadlocking") ? 2 : 1)
          .timeout(TIMEOUT);
    }
  }

  private IntFunction<Outcome> doing(String name) {
    return switch (name) {
      case "throwing" -> oftenBad(BadChecks::fail);
      case "deaf" -> _ -> waitForEver();
      case "spinning" -> _ -> spin();
      case "deadlocking" -> _ -> lockBoth();
      case "greedy" -> oftenBad(BadChecks::allocate);
      case "recursing" -> oftenBad(() -> recurse(0));
      case "slow" -> _ -> awaitAnswer();
      default -> throw new IllegalArgumentException("No check is bad in the way '" + name + "'");
    };
  }

  private static IntFunction<Outcome> oftenBad(Supplier<Outcome> bad) {
    return root -> Math.floorMod(root, WELL_ONE_IN) == 0 ? Outcome.passed() : bad.get();
  }

  private static Outcome fail() {
    throw new IllegalStateException("no such luck");
  }

  private Outcome waitForEver() {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException deaf) {
        // It does not hear.
        continue;
      }
    }
    return Outcome.passed();
  }

  private Outcome spin() {
    while (never.getCount() > 0) {
      Thread.onSpinWait();
    }
    return Outcome.passed();
  }

  /** One of two calls has what the other one waits for. */
  private Outcome lockBoth() {
    boolean isFirst = begun.getAndIncrement() == 0;
    ReentrantLock own = isFirst ? first : second;
    ReentrantLock other = isFirst ? second : first;
    own.lock();
    try {
      both.countDown();
      awaitTheOther();
      other.lock();
      other.unlock();
    } finally {
      own.unlock();
    }
    return Outcome.passed();
  }

  private void awaitTheOther() {
    while (both.getCount() > 0) {
      LockSupport.parkNanos(ANSWER_NANOS);
    }
  }

  private static Outcome allocate() {
    Deque<byte[]> kept = new ArrayDeque<>();
    while (!Thread.currentThread().isInterrupted()) {
      kept.addLast(new byte[CHUNK_BYTES]);
      if (kept.size() > CHUNKS_KEPT) {
        kept.removeFirst();
      }
    }
    return Outcome.passed();
  }

  private static Outcome recurse(int depth) {
    return depth < 0 ? Outcome.passed() : recurse(depth + 1);
  }

  private static Outcome awaitAnswer() {
    LockSupport.parkNanos(ANSWER_NANOS);
    return Outcome.passed();
  }
}
