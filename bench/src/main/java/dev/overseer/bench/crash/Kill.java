package dev.overseer.bench.crash;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When to kill, and for how long the process is then down.
 *
 * @param delay after the process was started, or was ready
 */
record Kill(Moment moment, Duration delay, Duration down) {

  /** What the process is in the middle of. */
  enum Moment {
    /** Somewhere between the launch and, perhaps, the first work. */
    STARTING,
    /** It has just become ready, and catches up with what it missed. */
    CATCHING_UP,
    /** It keeps up. */
    STEADY
  }

  static Kill next(SplittableRandom random) {
    Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
    Duration delay =
        switch (moment) {
          case STARTING -> millis(random, 50, 3_000);
          case CATCHING_UP -> millis(random, 0, 500);
          case STEADY -> millis(random, 500, 4_000);
        };
    return new Kill(moment, delay, millis(random, 0, 1_000));
  }

  private static Duration millis(SplittableRandom random, int from, int to) {
    return Duration.ofMillis(random.nextInt(from, to));
  }
}
