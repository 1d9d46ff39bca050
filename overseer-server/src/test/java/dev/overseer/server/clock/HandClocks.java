package dev.overseer.server.clock;

import java.time.Duration;
import java.time.Instant;

/** The two clocks of a machine, cranked by hand. */
final class HandClocks {
  private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
  private long nanos = 7;
  final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

  void pass(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
  }

  /** Somebody sets the clock; no time passes. */
  void set(Duration by) {
    wall = wall.plus(by);
  }

  Instant wall() {
    return wall;
  }
}
