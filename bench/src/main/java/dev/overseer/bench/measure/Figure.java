package dev.overseer.bench.measure;

/**
 * One number beside the rate.
 *
 * @param unit as printed: {@code s}, {@code MB}, {@code bytes}
 */
public record Figure(String name, double value, String unit) {

  static Figure median(Figure like, double value) {
    return new Figure(like.name, value, like.unit);
  }
}
