package dev.overseer.bench.measure;

import java.util.List;

/**
 * What one run of a contender came to.
 *
 * @param work done, in units of the benchmark: changes
 * @param seconds that the work took
 * @param figures the same ones, in the same order, at each run of a contender
 */
public record Measurement(long work, double seconds, List<Figure> figures) {
  public Measurement {
    figures = List.copyOf(figures);
    if (work <= 0 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "Nothing was measured: %d in %s s".formatted(work, seconds));
    }
  }

  /** The figure of this name, which must be there. */
  double figure(String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no figure " + name));
  }

  /** Work a second. */
  public double rate() {
    return work / seconds;
  }
}
