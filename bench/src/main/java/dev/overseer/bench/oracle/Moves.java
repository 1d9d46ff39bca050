package dev.overseer.bench.oracle;

import dev.overseer.bench.oracle.WorkTable.Trait;
import dev.overseer.ingestion.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What may be done with a table, by chance, as SQL. Belongs to one session. */
final class Moves {
  private static final double TRUNCATIONS = 0.004;
  private static final double LARGE_MOVES = 0.03;
  private static final int LARGE_ROWS_MAX = 5000;

  private final SplittableRandom random;

  Moves(SplittableRandom random) {
    this.random = random;
  }

  /** Statements that are run one after the other. */
  List<String> next(WorkTable table) {
    if (random.nextDouble() < TRUNCATIONS) {
      return List.of(
          "TRUNCATE %s%s".formatted(table.sql(), table.is(Trait.CASCADING) ? " CASCADE" : ""));
    }
    if (table.is(Trait.LARGE) && random.nextDouble() < LARGE_MOVES) {
      return List.of(large(table));
    }
    if (table.is(Trait.INSERT_ONLY)) {
      return List.of(insert(table));
    }
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> List.of(insert(table));
      case 3, 4, 5, 6 -> List.of(update(table));
      case 7 -> List.of(moveKey(table));
      case 8 -> List.of(delete(table));
      case 9 -> deleteAndInsert(table);
      default -> throw new IllegalStateException();
    };
  }

  String insert(WorkTable table) {
    return "INSERT INTO %s (%s) VALUES (%s)%s"
        .formatted(
            table.sql(),
            Sql.columns(table.columnNames()),
            values(table.columns()),
            table.is(Trait.FOUND_BY_CHANCE) ? "" : " ON CONFLICT DO NOTHING");
  }

  private String update(WorkTable table) {
    List<Column> others = table.columns().subList(table.keySize(), table.columns().size());
    List<Column> some =
        others.stream()
            .filter(column -> isAlwaysSet(column) || random.nextInt(others.size() + 1) == 0)
            .toList();
    return "UPDATE %s SET %s WHERE %s"
        .formatted(
            table.sql(),
            settings(some.isEmpty() ? List.of(others.get(random.nextInt(others.size()))) : some),
            someRow(table));
  }

  /** Alone, or with another column. */
  private String moveKey(WorkTable table) {
    List<Column> moved =
        new ArrayList<>(List.of(table.columns().get(random.nextInt(table.keySize()))));
    if (random.nextBoolean() && table.columns().size() > table.keySize()) {
      moved.add(table.columns().get(random.nextInt(table.keySize(), table.columns().size())));
    }
    table.columns().stream().filter(Moves::isAlwaysSet).forEach(moved::add);
    return "UPDATE %s SET %s WHERE %s"
        .formatted(table.sql(), settings(moved.stream().distinct().toList()), someRow(table));
  }

  private static boolean isAlwaysSet(Column column) {
    return column.name().equals(Evolution.GENERATION);
  }

  private String delete(WorkTable table) {
    return "DELETE FROM %s WHERE %s".formatted(table.sql(), someRow(table));
  }

  /** Of one key, which may not have been there before. */
  private List<String> deleteAndInsert(WorkTable table) {
    if (table.is(Trait.FOUND_BY_CHANCE)) {
      return List.of(delete(table), insert(table));
    }
    List<Column> fixed = new ArrayList<>();
    for (Column column : table.columns().subList(0, table.keySize())) {
      String value = column.values().next(random);
      fixed.add(new Column(column.name(), column.declaration(), _ -> value));
    }
    String row = conditions(fixed);
    fixed.addAll(table.columns().subList(table.keySize(), table.columns().size()));
    return List.of(
        "DELETE FROM %s WHERE %s".formatted(table.sql(), row),
        "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING"
            .formatted(table.sql(), Sql.columns(table.columnNames()), values(fixed)));
  }

  private String large(WorkTable table) {
    List<Column> others = table.columns().subList(1, table.columns().size());
    return switch (random.nextInt(4)) {
      case 0 -> "UPDATE %s SET %s".formatted(table.sql(), settings(List.of(others.getFirst())));
      case 1 -> "DELETE FROM " + table.sql();
      default ->
          "INSERT INTO %s (%s) SELECT i, %s FROM generate_series(0, %d) i ON CONFLICT DO NOTHING"
              .formatted(
                  table.sql(),
                  Sql.columns(table.columnNames()),
                  values(others),
                  random.nextInt(LARGE_ROWS_MAX));
    };
  }

  private String someRow(WorkTable table) {
    return table.is(Trait.FOUND_BY_CHANCE)
        ? "ctid = (SELECT ctid FROM %s ORDER BY random() LIMIT 1)".formatted(table.sql())
        : conditions(table.columns().subList(0, table.keySize()));
  }

  private String conditions(List<Column> columns) {
    return columns.stream()
        .map(column -> Sql.name(column.name()) + " = " + column.values().next(random))
        .collect(Collectors.joining(" AND "));
  }

  private String settings(List<Column> columns) {
    return columns.stream()
        .map(column -> Sql.name(column.name()) + " = " + column.values().next(random))
        .collect(Collectors.joining(", "));
  }

  private String values(List<Column> columns) {
    return columns.stream()
        .map(column -> column.values().next(random))
        .collect(Collectors.joining(", "));
  }
}
