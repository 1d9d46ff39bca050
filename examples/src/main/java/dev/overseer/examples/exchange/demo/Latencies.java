package dev.overseer.examples.exchange.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Durations in ascending order, for percentiles by nearest rank. */
record Latencies(List<Duration> sorted) {

  static Latencies of(List<Duration> durations) {
    return new Latencies(durations.stream().sorted().toList());
  }

  /**
   * Empty when there are none.
   *
   * @param percent from 0, exclusive, to 100: the maximum
   */
  Optional<Duration> percentile(int percent) {
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1));
  }
}
