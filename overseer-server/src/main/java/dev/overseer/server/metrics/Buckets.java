package dev.overseer.server.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The bounds of histograms, near the limits that people have in mind. */
final class Buckets {
  private Buckets() {}

  /** Of what includes the delay that a strategy asks for: from a moment to a day. */
  static Duration[] delays() {
    return millis(
        100,
        250,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        30_000,
        60_000,
        300_000,
        1_800_000,
        7_200_000,
        86_400_000);
  }

  /** Of what is Overseer's own share of a delay. */
  static Duration[] excesses() {
    return millis(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000);
  }

  /** Of what one thread does without waiting. */
  static Duration[] computing() {
    return LongStream.of(
            10, 100, 1_000, 10_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000)
        .mapToObj(micros -> Duration.ofNanos(micros * 1000))
        .toArray(Duration[]::new);
  }

  private static Duration[] millis(long... bounds) {
    return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
