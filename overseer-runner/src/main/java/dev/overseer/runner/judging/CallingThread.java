package dev.overseer.runner.judging;

import dev.overseer.runner.judging.CheckCalls.Called;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thread that makes calls of a pass, one after another. It is interrupted only while it does:
 * once it has ended, it may be at work for another check.
 */
final class CallingThread<T> implements Runnable {
  private static final int NOT_STARTED = -1;

  private final String name;
  private final CallPass<T> pass;
  private final CallWatch watch;
  private volatile int at = NOT_STARTED;
  private volatile boolean ended;
  private volatile @Nullable Thread thread;
  private int seenAt = NOT_STARTED;
  private long seenSince;
  private long seenBytes;

  CallingThread(String name, CallPass<T> pass, CallWatch watch) {
    this.name = name;
    this.pass = pass;
    this.watch = watch;
  }

  @Override
  public void run() {
    Thread current = Thread.currentThread();
    current.setName(name);
    thread = current;
    try {
      boolean isMine = true;
      for (int i = pass.next(); isMine && i < pass.size(); i = isMine ? pass.next() : i) {
        Thread.interrupted();
        at = i;
        isMine = pass.settle(i, called(pass.call(i)));
      }
    } finally {
      end();
    }
  }

  private Called<T> called(Callable<T> call) {
    long before = watch.cpuNanos();
    Called<T> called = DirectCalls.call(call);
    pass.computed(watch.cpuNanos() - before);
    return called;
  }

  private synchronized void end() {
    ended = true;
    thread = null;
    Thread.interrupted();
  }

  /**
   * @param leftBehind hears of the thread, unless it has ended
   */
  synchronized void interrupt(LongConsumer leftBehind) {
    Thread current = thread;
    if (current != null) {
      current.interrupt();
      leftBehind.accept(current.threadId());
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** The call that it makes or made last; negative before the first. */
  int at() {
    return at;
  }

  /** For how long it was seen at its present call. */
  long nanosAtCall(long now) {
    int current = at;
    if (current != seenAt) {
      seenAt = current;
      seenSince = now;
      seenBytes = Long.MIN_VALUE;
    }
    return current == NOT_STARTED ? 0 : now - seenSince;
  }

  /** What it was seen to allocate at its present call. */
  long bytesAtCall(LongUnaryOperator allocatedBytes) {
    Thread current = thread;
    if (current == null || seenAt == NOT_STARTED) {
      return 0;
    }
    long bytes = allocatedBytes.applyAsLong(current.threadId());
    if (seenBytes == Long.MIN_VALUE) {
      seenBytes = bytes;
    }
    return bytes - seenBytes;
  }
}
