package dev.overseer.runner.violations;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is cranked. */
public final class HandCrankedClock implements InstantSource {
  private Instant now;

  public HandCrankedClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
