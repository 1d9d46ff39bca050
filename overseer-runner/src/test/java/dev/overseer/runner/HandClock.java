package dev.overseer.runner;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Overseer's own clock, moved by hand. */
public final class HandClock implements InstantSource {
  private Instant now;

  public HandClock(Instant now) {
    this.now = now;
  }

  public void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
