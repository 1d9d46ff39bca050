package dev.overseer.runner.judging;

import dev.overseer.checks.CheckLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one check's threads may do, and those of them that were left behind. */
final class CallWatch {
  /**
   * The collector works at the cost of all: calls that allocate too much get a tenth of the time.
   */
  private static final int REST_FOR_EACH = 9;

  private final String name;
  private final CheckLimits limits;
  private final CheckThreads threads;
  private final List<CallingThread<?>> leftBehind = new ArrayList<>();
  private boolean prompt = true;
  private boolean heavy;
  private long restsUntil;

  CallWatch(String name, CheckLimits limits, CheckThreads threads) {
    this.name = name;
    this.limits = limits;
    this.threads = threads;
    this.restsUntil = nanos();
  }

  int concurrency() {
    return limits.concurrency();
  }

  boolean isStuck() {
    leftBehind.removeIf(CallingThread::hasEnded);
    return leftBehind.size() >= Math.max(WatchedCalls.LEFT_BEHIND_MAX, limits.concurrency());
  }

  /** Whether the last flight was back at once. */
  boolean isPrompt() {
    return prompt;
  }

  /** Of the last flight, whether it was back at once, and whether its calls computed for long. */
  void landed(boolean promptly, boolean heavily) {
    prompt = promptly;
    heavy = heavily;
  }

  long nanos() {
    return threads.nanos().getAsLong();
  }

  long cpuNanos() {
    return threads.cpuNanos().getAsLong();
  }

  /** Has a thread make calls of the pass, as long as it is not given up. */
  <T> CallingThread<T> begin(CallPass<T> pass) {
    CallingThread<T> begun = new CallingThread<>(name, pass, this);
    (heavy ? threads.heavyExecutor() : threads.executor()).execute(begun);
    return begun;
  }

  /** Whether it allocated too much, and makes up for the time that this took by making no calls. */
  boolean isResting(long now) {
    return now - restsUntil < 0;
  }

  /**
   * Why the call that the thread is at must be given up, if it must. The check rests from now on
   * where that is for what it allocated.
   */
  Optional<String> excess(CallingThread<?> thread, long now) {
    long nanos = thread.nanosAtCall(now);
    if (nanos > limits.timeout().toNanos()) {
      return Optional.of("The check took longer than its timeout of " + limits.timeout());
    }
    if (thread.bytesAtCall(threads.allocatedBytes()) > limits.allocationMaxBytes()) {
      restsUntil = now + REST_FOR_EACH * nanos;
      return Optional.of(
          "The check allocated more than its %d bytes for one call"
              .formatted(limits.allocationMaxBytes()));
    }
    return Optional.empty();
  }

  void leaveBehind(CallingThread<?> thread) {
    thread.interrupt(threads.leftBehind());
    leftBehind.add(thread);
  }
}
