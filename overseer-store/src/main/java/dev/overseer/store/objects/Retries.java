package dev.overseer.store.objects;

import java.time.Duration;

/**
 * How often something is tried, and how long to wait between: twice as long each time.
 *
 * @param attemptsMax the first one included
 */
public record Retries(int attemptsMax, Duration pauseMin, Duration pauseMax) {
  public static final Retries DEFAULT =
      new Retries(6, Duration.ofMillis(100), Duration.ofSeconds(5));

  /** The wait after so many attempts that failed. */
  Duration pauseAfter(int attempts) {
    Duration pause = pauseMin.multipliedBy(1L << Math.min(attempts - 1, 30));
    return pause.compareTo(pauseMax) < 0 ? pause : pauseMax;
  }
}
