package dev.overseer.views.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code ledgerEntry}, {@code ledger_entry} and {@code ledger-entry} are the same name. */
final class FieldNames {
  private static final int NEAR_MAX = 3;

  private FieldNames() {}

  static boolean same(String a, String b) {
    return plain(a).equals(plain(b));
  }

  /** Without what differs between ways to write a name of several words. */
  static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter != '_' && letter != '-' && letter != ' ') {
        plain.append(Character.toLowerCase(letter));
      }
    }
    return plain.toString();
  }

  /** {@code withdrawalId} is {@code withdrawal_id}. */
  static String snake(String camel) {
    return camel
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Those of {@code names} that are spelt like {@code name}, the nearest first. */
  static List<String> near(String name, Collection<String> names) {
    int distanceMax = Math.max(1, name.length() / 3);
    return names.stream()
        .filter(other -> distance(plain(name), plain(other)) <= distanceMax)
        .sorted(Comparator.comparingInt(other -> distance(plain(name), plain(other))))
        .limit(NEAR_MAX)
        .toList();
  }

  /** How many letters must be added, taken away or changed. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
