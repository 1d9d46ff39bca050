package dev.overseer.bench.measure;

import java.time.Instant;
import java.util.List;

/**
 * The full result of a benchmark, good figures and bad.
 *
 * @param benchmark its name: {@code tail}
 * @param command as it was given
 * @param commit of the source that ran; with {@code +} when files were changed since
 * @param settings that the figures depend on, in words
 * @param comparisons with every attempt, noisy ones too
 * @param smoke whether it was only to see that the benchmark works: then its figures say nothing
 */
public record Report(
    String benchmark,
    Instant started,
    String command,
    String commit,
    Machine machine,
    List<String> settings,
    List<Comparison> comparisons,
    boolean smoke) {
  public Report {
    settings = List.copyOf(settings);
    comparisons = List.copyOf(comparisons);
  }

  /** One line for each ratio that is promised or told. */
  public List<String> lines() {
    return comparisons.stream().map(Comparison::lines).flatMap(List::stream).toList();
  }
}
