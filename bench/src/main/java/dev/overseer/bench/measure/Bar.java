package dev.overseer.bench.measure;

import java.util.Locale;

/**
 * What is promised of a benchmark.
 *
 * @param name as it is in the bar's line: {@code tail-single-row}
 * @param goal the least ratio of the contender's rate to the limit's
 */
public record Bar(String name, double goal) {
  /** Ratios further apart than this say nothing. */
  public static final double SPREAD_MAX = 0.15;

  /** How a bar stands. */
  public enum Standing {
    MET,
    SHORT,
    /** The rounds differ too much to say. */
    NOISY
  }

  public Standing standing(Spread ratios) {
    if (ratios.relative() > SPREAD_MAX) {
      return Standing.NOISY;
    }
    return ratios.median() >= goal ? Standing.MET : Standing.SHORT;
  }

  /** {@code bar tail-single-row 0.83 0.80 met}. */
  public String line(Spread ratios) {
    return String.format(
        Locale.ROOT,
        "bar %s %.2f %.2f %s",
        name,
        rounded(ratios.median()),
        goal,
        standing(ratios).name().toLowerCase(Locale.ROOT));
  }

  /** Rounded down, so that no line shows a goal as reached that is not. */
  private static double rounded(double ratio) {
    return Math.floor(ratio * 100) / 100;
  }
}
