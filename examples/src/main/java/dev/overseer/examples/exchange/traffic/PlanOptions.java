package dev.overseer.examples.exchange.traffic;

import dev.overseer.model.InvalidRequest;
import java.time.Duration;

/**
 * What a plan is made of.
 *
 * @param seconds for which withdrawals are requested
 * @param rate withdrawals requested a second, each of about three changes
 */
public record PlanOptions(int seconds, int rate, long seed) {
  public static final int SECONDS_MIN = 30;
  public static final int RATE_MIN = 10;

  public PlanOptions {
    if (seconds < SECONDS_MIN) {
      throw new InvalidRequest(
          "--seconds is at least %d, not %d: one feed is held back for 20 s, and what is broken is healed some seconds later"
              .formatted(SECONDS_MIN, seconds));
    }
    if (rate < RATE_MIN) {
      throw new InvalidRequest(
          "--rate is at least %d withdrawals a second, not %d: fewer could not hide what is broken"
              .formatted(RATE_MIN, rate));
    }
  }

  Duration length() {
    return Duration.ofSeconds(seconds);
  }

  int withdrawals() {
    return Math.multiplyExact(seconds, rate);
  }
}
