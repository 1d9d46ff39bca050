package dev.overseer.checks;

import java.time.Duration;

/**
 * What a check's code may take. None of it changes what a check says, so it is no part of its
 * definition: it may be changed at any time.
 *
 * @param timeout of one call
 * @param concurrency how many calls may be made at a time
 * @param attempts how often a call is made that throws or takes too long, the first included
 * @param backoff from the first attempt to the second; doubled for each further one
 * @param allocationMaxBytes what one call may allocate, whether or not it keeps it; watched from
 *     outside, so it may be exceeded for some milliseconds
 */
public record CheckLimits(
    Duration timeout, int concurrency, int attempts, Duration backoff, long allocationMaxBytes) {
  public static final CheckLimits DEFAULT =
      new CheckLimits(Duration.ofSeconds(10), 1, 3, Duration.ofMillis(100), 512L << 20);

  private static final int CONCURRENCY_MAX = 64;
  private static final int ATTEMPTS_MAX = 10;

  public CheckLimits {
    Durations.requireNotNegative("timeout", timeout);
    Durations.requireNotNegative("backoff", backoff);
    requireBetween("concurrency", concurrency, CONCURRENCY_MAX);
    requireBetween("attempts", attempts, ATTEMPTS_MAX);
    requireBetween("allocationMaxBytes", allocationMaxBytes, Long.MAX_VALUE);
  }

  private static void requireBetween(String what, long value, long max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(what + " is a number from 1 to " + max + ", not " + value);
    }
  }

  CheckLimits withTimeout(Duration other) {
    return new CheckLimits(other, concurrency, attempts, backoff, allocationMaxBytes);
  }

  CheckLimits withConcurrency(int other) {
    return new CheckLimits(timeout, other, attempts, backoff, allocationMaxBytes);
  }

  CheckLimits withRetries(int otherAttempts, Duration otherBackoff) {
    return new CheckLimits(timeout, concurrency, otherAttempts, otherBackoff, allocationMaxBytes);
  }

  CheckLimits withAllocationMaxBytes(long other) {
    return new CheckLimits(timeout, concurrency, attempts, backoff, other);
  }
}
