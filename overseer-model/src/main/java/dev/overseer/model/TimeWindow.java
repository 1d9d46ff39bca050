package dev.overseer.model;

import java.time.Instant;

/**
 * A stretch of time: an hour, a day, a month of some zone.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record TimeWindow(Instant from, Instant until) {
  public TimeWindow {
    if (!from.isBefore(until)) {
      throw new InvalidRequest("A window from %s until %s holds no time".formatted(from, until));
    }
  }

  @Override
  public String toString() {
    return from + " to " + until;
  }
}
