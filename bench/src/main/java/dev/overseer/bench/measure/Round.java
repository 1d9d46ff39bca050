package dev.overseer.bench.measure;

import java.util.List;

/**
 * Every contender once, one right after the other.
 *
 * @param runs in the order in which they were made
 */
public record Round(List<Run> runs) {
  public Round {
    runs = List.copyOf(runs);
  }

  /** What one contender came to. */
  public record Run(String contender, Measurement measurement) {}

  double rate(String contender) {
    return of(contender).rate();
  }

  Measurement of(String contender) {
    return runs.stream()
        .filter(run -> run.contender().equals(contender))
        .map(Run::measurement)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(contender + " did not take part"));
  }
}
