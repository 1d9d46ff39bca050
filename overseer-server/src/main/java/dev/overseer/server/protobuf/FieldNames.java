package dev.overseer.server.protobuf;

import java.util.Locale;

/** Names as the language allows them: letters of ASCII, digits and underscores. */
final class FieldNames {
  private FieldNames() {}

  /** {@code ledger_entries} for {@code ledger-entries}. */
  static String field(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "f_" + plain : plain;
  }

  /** {@code LedgerEntry} for {@code ledger-entry}. */
  static String type(String name) {
    StringBuilder type = new StringBuilder();
    for (String word : field(name).split("_")) {
      if (!word.isEmpty()) {
        type.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
      }
    }
    return type.toString();
  }
}
