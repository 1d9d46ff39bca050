package dev.overseer.bench.measure;

import java.util.Locale;

/** Two contenders' rates, one divided by the other, as a benchmark tells it. */
public sealed interface Ratio {
  /** Ratios further apart than this say nothing. */
  double SPREAD_MAX = 0.15;

  /** As it is in the ratio's line: {@code tail-single-row}. */
  String name();

  /** Whose rate is divided. */
  String contender();

  /** By whose rate it is divided. */
  String against();

  /** The one line for people and machines: {@code bar tail-single-row 0.92 0.90 met}. */
  String line(Spread ratios);

  static boolean isNoisy(Spread ratios) {
    return ratios.relative() > SPREAD_MAX;
  }

  /**
   * What is promised of a benchmark.
   *
   * @param goal the least ratio
   */
  record Bar(String name, String contender, String against, double goal) implements Ratio {

    /** How a bar stands. */
    public enum Standing {
      MET,
      SHORT,
      /** The rounds differ too much to say. */
      NOISY
    }

    public Standing standing(Spread ratios) {
      if (isNoisy(ratios)) {
        return Standing.NOISY;
      }
      return ratios.median() >= goal ? Standing.MET : Standing.SHORT;
    }

    @Override
    public String line(Spread ratios) {
      return String.format(
          Locale.ROOT,
          "bar %s %.2f %.2f %s",
          name,
          roundedDown(ratios.median()),
          goal,
          standing(ratios).name().toLowerCase(Locale.ROOT));
    }
  }

  /** What is only told: {@code ratio tail-single-row-debezium 0.31}. */
  record Told(String name, String contender, String against) implements Ratio {

    @Override
    public String line(Spread ratios) {
      return String.format(
          Locale.ROOT,
          "ratio %s %.2f%s",
          name,
          roundedDown(ratios.median()),
          isNoisy(ratios) ? " noisy" : "");
    }
  }

  /** So that no line shows a goal as reached that is not. */
  private static double roundedDown(double ratio) {
    return Math.floor(ratio * 100) / 100;
  }
}
