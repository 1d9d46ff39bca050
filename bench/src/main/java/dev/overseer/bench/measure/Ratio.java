package dev.overseer.bench.measure;

import java.util.Locale;

/**
 * What a benchmark tells of a round: two contenders' rates, one divided by the other, or what one
 * contender came to alone.
 */
public sealed interface Ratio {
  /** Ratios further apart than this say nothing. */
  double SPREAD_MAX = 0.15;

  /** As it is in the ratio's line: {@code tail-single-row}. */
  String name();

  /** What is divided by what, for people. */
  String meaning();

  double of(Round round);

  /** The one line for people and machines: {@code bar tail-single-row 0.92 0.90 met}. */
  String line(Spread ratios);

  /** Whether the rounds differ too much to say. */
  default boolean isNoisy(Spread ratios) {
    return ratios.relative() > SPREAD_MAX;
  }

  /** How a promise stands. */
  enum Standing {
    MET,
    SHORT,
    /** The rounds differ too much to say. */
    NOISY;

    static Standing of(boolean isNoisy, boolean isMet) {
      if (isNoisy) {
        return NOISY;
      }
      return isMet ? MET : SHORT;
    }
  }

  /**
   * What is promised of a benchmark.
   *
   * @param goal the least ratio
   */
  record Bar(String name, String contender, String against, double goal) implements Ratio {

    public Standing standing(Spread ratios) {
      return Standing.of(isNoisy(ratios), ratios.median() >= goal);
    }

    @Override
    public String meaning() {
      return contender + " against " + against;
    }

    @Override
    public double of(Round round) {
      return round.rate(contender) / round.rate(against);
    }

    @Override
    public String line(Spread ratios) {
      return barLine(name, roundedDown(ratios.median()), goal, standing(ratios));
    }
  }

  /** What is only told: {@code ratio tail-single-row-debezium 0.31}. */
  record Told(String name, String contender, String against) implements Ratio {

    @Override
    public String meaning() {
      return contender + " against " + against;
    }

    @Override
    public double of(Round round) {
      return round.rate(contender) / round.rate(against);
    }

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

  /**
   * What is promised of one contender's rate, whatever others do.
   *
   * @param goal the least rate
   */
  record Floor(String name, String contender, double goal) implements Ratio {

    @Override
    public String meaning() {
      return contender + ", work a second";
    }

    @Override
    public double of(Round round) {
      return round.rate(contender);
    }

    /** Only where some rounds meet it and some do not. */
    @Override
    public boolean isNoisy(Spread rates) {
      return rates.min() < goal && rates.max() >= goal && Ratio.super.isNoisy(rates);
    }

    @Override
    public String line(Spread rates) {
      Standing standing = Standing.of(isNoisy(rates), rates.median() >= goal);
      return barLine(name, roundedDown(rates.median()), goal, standing);
    }
  }

  /**
   * What is promised of one of a contender's figures.
   *
   * @param goal the greatest value
   */
  record Ceiling(String name, String contender, String figure, double goal) implements Ratio {

    @Override
    public String meaning() {
      return contender + ", " + figure;
    }

    @Override
    public double of(Round round) {
      return round.of(contender).figure(figure);
    }

    /** Only where some rounds meet it and some do not. */
    @Override
    public boolean isNoisy(Spread values) {
      return values.min() <= goal && values.max() > goal && Ratio.super.isNoisy(values);
    }

    @Override
    public String line(Spread values) {
      Standing standing = Standing.of(isNoisy(values), values.median() <= goal);
      return barLine(name, roundedUp(values.median()), goal, standing);
    }
  }

  /**
   * One contender's figure, divided by another's; only told, and with the spread that it has, for
   * the latencies that it is for are far apart as a rule.
   */
  record OfFigure(String name, String figure, String contender, String against) implements Ratio {

    @Override
    public String meaning() {
      return "%s: %s against %s".formatted(figure, contender, against);
    }

    @Override
    public double of(Round round) {
      return round.of(contender).figure(figure) / round.of(against).figure(figure);
    }

    @Override
    public boolean isNoisy(Spread ratios) {
      return false;
    }

    @Override
    public String line(Spread ratios) {
      return String.format(Locale.ROOT, "ratio %s %.2f", name, roundedUp(ratios.median()));
    }
  }

  private static String barLine(String name, double measured, double goal, Standing standing) {
    return String.format(
        Locale.ROOT,
        "bar %s %.2f %.2f %s",
        name,
        measured,
        goal,
        standing.name().toLowerCase(Locale.ROOT));
  }

  /** So that no line shows a goal as kept that is not. */
  private static double roundedUp(double value) {
    return Math.ceil(value * 100) / 100;
  }

  /** So that no line shows a goal as reached that is not. */
  private static double roundedDown(double ratio) {
    return Math.floor(ratio * 100) / 100;
  }
}
