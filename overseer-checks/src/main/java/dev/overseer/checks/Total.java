package dev.overseer.checks;

import dev.overseer.model.TimeWindow;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a view's total comes to: exact sums and counts, kept apart by currency, or by whatever the
 * configuration says under {@code per}.
 *
 * @param window that the counted rows are of; empty where the total has no windows, and where the
 *     root does not say which one it means
 * @param parts by currency; those in which there is anything. Without {@code per} there is one, and
 *     its name is empty, as that of rows whose currency is null
 */
public record Total(Optional<TimeWindow> window, SortedMap<String, Part> parts) {

  /**
   * @param sum exact, without zeros at the end of its fraction: compare with {@code compareTo}
   * @param count how many rows
   */
  public record Part(BigDecimal sum, long count) {}

  public Total {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** Of nothing. */
  public static Total none() {
    return new Total(Optional.empty(), Collections.emptySortedMap());
  }

  /** Zero where there is nothing in this currency. */
  public BigDecimal sum(String part) {
    return Optional.ofNullable(parts.get(part)).map(Part::sum).orElse(BigDecimal.ZERO);
  }

  /** Of all rows together: only for a total without {@code per}, which adds like to like. */
  public BigDecimal sum() {
    if (parts.keySet().stream().anyMatch(part -> !part.isEmpty())) {
      throw new IllegalStateException(
          "The total is kept apart by " + parts.keySet() + ": name the one whose sum you want");
    }
    return sum("");
  }

  public long count(String part) {
    return Optional.ofNullable(parts.get(part)).map(Part::count).orElse(0L);
  }

  /** Of all rows, whatever their currency. */
  public long count() {
    return parts.values().stream().mapToLong(Part::count).sum();
  }

  /** The sums alone. */
  public Map<String, BigDecimal> sums() {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    parts.forEach((part, of) -> sums.put(part, of.sum()));
    return Collections.unmodifiableSortedMap(sums);
  }
}
