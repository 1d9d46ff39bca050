package dev.overseer.ingestion;

import java.time.Duration;

/** How long to wait after each failure in a row: twice as long as before, up to a limit. */
final class BackOff {
  private final Duration min;
  private final Duration max;
  private Duration next;

  BackOff(Duration min, Duration max) {
    this.min = min;
    this.max = max;
    this.next = min;
  }

  Duration next() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(max) < 0 ? doubled : max;
    return wait;
  }

  void reset() {
    next = min;
  }
}
