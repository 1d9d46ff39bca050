package dev.overseer.bench.oracle;

import dev.overseer.ingestion.postgres.Sql;
import java.util.SplittableRandom;

/**
 * A column that the workload writes.
 *
 * @param declaration its type, and whatever else belongs to it
 * @param values what is written into it
 */
record Column(String name, String declaration, Values values) {

  /** Makes values, as SQL writes them. */
  @FunctionalInterface
  interface Values {
    String next(SplittableRandom random);
  }

  /** One of these literals, or null. */
  static Column of(String name, String type, String... literals) {
    return new Column(name, type, Literals.nullable(type, literals));
  }

  static Column notNull(String name, String type, Values values) {
    return new Column(name, type + " NOT NULL", values);
  }

  String definition() {
    return Sql.name(name) + " " + declaration;
  }
}
