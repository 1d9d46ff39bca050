package dev.overseer.bench.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Whether a process that is at work is done, told by itself: since being asked costs it, it is
 * asked rarely while much is left, and often towards its end. May be asked as often as one likes:
 * where the process has just been asked, the answer is no. Used by one thread.
 */
public final class SparingQuestion implements BooleanSupplier {
  private static final Duration PAUSE_MIN = Duration.ofMillis(25);
  private static final Duration PAUSE_MAX = Duration.ofMillis(250);

  /** While it has nothing to tell: it starts. */
  private static final Duration PAUSE_AT_FIRST = Duration.ofMillis(100);

  private final DoubleSupplier doneShare;
  private final LongSupplier nanoClock;
  private final long start;
  private long next;

  /**
   * @param doneShare asks the process: from 0 to 1, at which it is done
   */
  public SparingQuestion(DoubleSupplier doneShare) {
    this(doneShare, System::nanoTime);
  }

  SparingQuestion(DoubleSupplier doneShare, LongSupplier nanoClock) {
    this.doneShare = doneShare;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.next = start;
  }

  @Override
  public boolean getAsBoolean() {
    if (nanoClock.getAsLong() - next < 0) {
      return false;
    }
    double share = doneShare.getAsDouble();
    long now = nanoClock.getAsLong();
    next = now + pauseNanos(share, now - start);
    return share >= 1;
  }

  /** Half of the time that is left, if it goes on as it did. */
  private static long pauseNanos(double share, long elapsedNanos) {
    if (share <= 0) {
      return PAUSE_AT_FIRST.toNanos();
    }
    double left = elapsedNanos * (1 - share) / share;
    return (long) Math.clamp(left / 2, PAUSE_MIN.toNanos(), PAUSE_MAX.toNanos());
  }
}
