package dev.overseer.bench.measure;

import java.util.Collection;

/** Several measurements of one thing. */
public record Spread(double min, double median, double max) {

  public static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("There is no median of nothing");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** How far apart they lie, as a part of the median: 0.15 is 15 %. */
  public double relative() {
    return (max - min) / median;
  }
}
