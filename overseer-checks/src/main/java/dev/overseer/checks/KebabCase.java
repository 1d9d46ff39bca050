package dev.overseer.checks;

import java.util.Locale;

/** {@code WithdrawalBooking} is {@code withdrawal-booking}. */
final class KebabCase {
  private KebabCase() {}

  static String of(String typeName) {
    return typeName
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }
}
