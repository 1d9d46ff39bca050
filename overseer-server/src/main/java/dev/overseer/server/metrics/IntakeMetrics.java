package dev.overseer.server.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether something is taken in, and how far the disk is from keeping it from that. */
public final class IntakeMetrics {
  private IntakeMetrics() {}

  public static void register(
      Metrics metrics, LongSupplier freeBytes, long minFreeBytes, BooleanSupplier isPaused) {
    metrics.gauge(
        "overseer.disk.free.bytes",
        "Free on the fullest of our disks; 0 where it takes no writes",
        freeBytes,
        LongSupplier::getAsLong);
    metrics.gauge(
        "overseer.disk.reserve.bytes",
        "With less than this free, nothing is taken in",
        minFreeBytes,
        Long::doubleValue);
    metrics.gauge(
        "overseer.intake.paused",
        "1 while nothing is taken in, else 0",
        isPaused,
        it -> it.getAsBoolean() ? 1 : 0);
  }
}
