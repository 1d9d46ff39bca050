package dev.overseer.bench.measure;

import java.util.List;

/**
 * Contenders at the same work, and the ratios that are told of them.
 *
 * @param name as it is in results: {@code single-row}
 * @param attempts one, and another where the first was noisy; both are in the results
 */
public record Comparison(String name, List<Ratio> ratios, List<Attempt> attempts) {
  public Comparison {
    ratios = List.copyOf(ratios);
    attempts = List.copyOf(attempts);
  }

  /** One line for each ratio. */
  public List<String> lines() {
    return ratios.stream().map(ratio -> ratio.line(counting(ratio).of(ratio))).toList();
  }

  /** The first attempt that was not noisy in this ratio, else the last. */
  Attempt counting(Ratio ratio) {
    return attempts.stream()
        .filter(attempt -> !attempt.isNoisy(ratio))
        .findFirst()
        .orElse(attempts.getLast());
  }
}
