package dev.overseer.views.binding;

import java.util.List;

/**
 * A field of a type that does not fit the view that it is to be bound to.
 *
 * @param field from the type that was named: {@code WithdrawalBooking.entries}
 * @param expected what would fit
 * @param nearMisses names that exist and are spelt alike
 */
public record Mismatch(String field, String expected, String found, List<String> nearMisses) {
  public Mismatch {
    nearMisses = List.copyOf(nearMisses);
  }

  @Override
  public String toString() {
    String hint =
        nearMisses.isEmpty() ? "" : "; did you mean '" + String.join("' or '", nearMisses) + "'?";
    return field + ": expected " + expected + ", found " + found + hint;
  }
}
