package dev.overseer.bench.oracle;

import dev.overseer.bench.oracle.Column.Values;
import dev.overseer.ingestion.postgres.Sql;
import java.util.SplittableRandom;

/** Values by chance: those that are worth trying, and those that only a random hand finds. */
final class Literals {
  private static final double NULLS = 0.1;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 \\\t\n'\"äßЖ漢🙂";

  private Literals() {}

  /** One of these texts, read as {@code type}; now and then null. */
  static Values nullable(String type, String... texts) {
    return random ->
        random.nextDouble() < NULLS
            ? "NULL"
            : Sql.text(texts[random.nextInt(texts.length)]) + "::" + type;
  }

  static Values numbers(int from, int to) {
    return random -> Integer.toString(random.nextInt(from, to));
  }

  static Values oneOf(String... texts) {
    return random -> Sql.text(texts[random.nextInt(texts.length)]);
  }

  /** A key that no row has yet. */
  static Values fresh() {
    return random -> Sql.text(new java.util.UUID(random.nextLong(), random.nextLong()) + "");
  }

  /** Decimals of any size that {@code numeric} without limits holds. */
  static Values decimals() {
    return random ->
        random.nextDouble() < NULLS
            ? "NULL"
            : "%d.%018d::numeric * 10::numeric ^ %d"
                .formatted(
                    random.nextLong(-1_000_000, 1_000_000),
                    random.nextLong(1_000_000_000_000_000_000L),
                    random.nextInt(-30, 30));
  }

  /** Mostly small ones, for it takes long to read the others. */
  static Values extremeDecimals() {
    return random ->
        switch (random.nextInt(20)) {
          case 0 -> "repeat('9', 131072)::numeric";
          case 1 -> "'-1e131071'::numeric";
          case 2 -> "'1e-16383'::numeric";
          case 3 -> "(repeat('8', 131072) || '.' || repeat('7', 16383))::numeric";
          default -> Integer.toString(random.nextInt());
        };
  }

  static Values texts(int lengthMax) {
    return random ->
        random.nextDouble() < NULLS ? "NULL" : Sql.text(text(random, random.nextInt(lengthMax)));
  }

  /** So long and so random that the server keeps it out of the row. */
  static Values large(int length) {
    return random -> random.nextDouble() < NULLS ? "NULL" : Sql.text(hexadecimal(random, length));
  }

  static Values json(int length) {
    return random ->
        random.nextDouble() < NULLS
            ? "NULL"
            : "'{\"n\": %d, \"text\": \"%s\"}'"
                .formatted(random.nextInt(), hexadecimal(random, random.nextInt(1, length)));
  }

  private static String text(SplittableRandom random, int length) {
    int[] letters = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private static String hexadecimal(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder(length + 16);
    while (text.length() < length) {
      text.append(Long.toHexString(random.nextLong()));
    }
    return text.toString();
  }
}
