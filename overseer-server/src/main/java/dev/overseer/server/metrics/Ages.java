package dev.overseer.server.metrics;

import dev.overseer.model.EffectiveTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long ago, and how long yet, by Overseer's own clock. */
record Ages(InstantSource clock) {
  private static final double MILLIS_PER_SECOND = 1000.0;

  /** NaN before there is such a time. */
  double secondsSince(EffectiveTime time) {
    boolean isReal =
        time.isAfter(EffectiveTime.of(Instant.EPOCH)) && time.isBefore(EffectiveTime.MAX);
    return isReal ? seconds(Duration.between(time.toInstant(), clock.instant())) : Double.NaN;
  }

  double secondsUntil(Instant instant) {
    return Math.max(0, seconds(Duration.between(clock.instant(), instant)));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }
}
