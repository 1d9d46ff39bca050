package dev.overseer.checks;

import java.time.Duration;

final class Durations {
  private Durations() {}

  static void requireNotNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + " is a duration of zero or more, not " + duration);
    }
  }
}
