package dev.overseer.server.backtests;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets whoever matters more go first: between two stretches of work it rests as long as the last
 * one took, and until nobody is behind. Belongs to one thread.
 */
public final class Courtesy implements Runnable {
  private static final long LOOK_NANOS = 20_000_000;
  private static final long REST_NANOS_MAX = 200_000_000;

  private final BooleanSupplier isBehind;
  private final LongSupplier nanos;
  private long rested;

  /**
   * @param isBehind whether those who matter more have work waiting
   * @param nanos a clock that only goes forward
   */
  public Courtesy(BooleanSupplier isBehind, LongSupplier nanos) {
    this.isBehind = isBehind;
    this.nanos = nanos;
    this.rested = nanos.getAsLong();
  }

  @Override
  public void run() {
    LockSupport.parkNanos(Math.min(REST_NANOS_MAX, nanos.getAsLong() - rested));
    while (isBehind.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    rested = nanos.getAsLong();
  }
}
