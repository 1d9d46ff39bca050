package dev.overseer.bench.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * Metrics as a server showed them once.
 *
 * @param lines in Prometheus' text format
 */
public record Scrape(List<String> lines) {
  public Scrape {
    lines = List.copyOf(lines);
  }

  /** Whether the server answered at all. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * The sum of a metric's series that have these labels; 0 where there are none.
   *
   * @param labels each as {@code outcome="passed"}
   */
  public double sum(String name, String... labels) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
