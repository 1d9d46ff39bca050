package dev.overseer.runner.escalation;

import dev.overseer.runner.journal.DeliveryId;
import java.time.Duration;

/**
 * How long to wait before trying again: twice as long after each attempt, up to a bound, and spread
 * by the delivery's own id, so that many that failed together do not come back together.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS_MAX = 16;

  private Backoff() {}

  /** Between three quarters of the nominal delay and the whole of it. */
  static Duration after(int attempts, DeliveryId id) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS_MAX));
    Duration nominal = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return nominal.minus(nominal.dividedBy(4).multipliedBy(spread(id)).dividedBy(256));
  }

  private static int spread(DeliveryId id) {
    return Integer.parseInt(id.hex().substring(0, 2), 16);
  }
}
