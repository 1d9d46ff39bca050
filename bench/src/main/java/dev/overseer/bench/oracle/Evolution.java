package dev.overseer.bench.oracle;

import static dev.overseer.bench.oracle.Column.notNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A table whose columns come, go, and change their names and types while others write it. Each row
 * says by its {@link #GENERATION} as which shape it was last written: that much Overseer can know.
 */
final class Evolution {
  /** A column that the server sets at each write, whoever writes. */
  static final String GENERATION = "generation";

  static final WorkTable TABLE = table(List.of());
  private static final int GROWN_MAX = 6;
  private static final double ROLLBACKS = 0.2;
  private static final double REWRITES = 0.3;

  /** By their generations; one that was rolled back has the place of one to come. */
  private final List<List<Grown>> shapes = new ArrayList<>(List.of(List.of()));

  private volatile WorkTable current = TABLE;
  private int made;

  /** A column that was added: the number stays, the rest may change. */
  private record Grown(int number, String name, String type) {}

  /** As sessions may write it now; when one does, it may have changed already. */
  WorkTable current() {
    return current;
  }

  /** How many shapes there were, of which the first has no columns but those that stay. */
  int shapes() {
    return shapes.size();
  }

  /** Changes the table's shape once, with changes of rows before and after it. */
  void evolve(Connection connection, SplittableRandom random) throws SQLException {
    List<Grown> next = new ArrayList<>(shapes.getLast());
    List<String> sql = new ArrayList<>();
    sql.add("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(TABLE.sql()));
    sql.add(new Moves(random).insert(current));
    sql.add("ALTER TABLE %s %s".formatted(TABLE.sql(), change(next, random)));
    int generation = shapes.size();
    sql.add("ALTER TABLE %s ALTER generation SET DEFAULT %d".formatted(TABLE.sql(), generation));
    sql.add("UPDATE work.shape SET generation = " + generation);
    WorkTable shaped = table(next);
    sql.add(new Moves(random).insert(shaped));
    if (random.nextDouble() < REWRITES) {
      sql.add("UPDATE %s SET generation = DEFAULT".formatted(TABLE.sql()));
    }
    Session.runAll(connection, sql);
    if (random.nextDouble() < ROLLBACKS) {
      connection.rollback();
    } else {
      connection.commit();
      shapes.add(List.copyOf(next));
      current = shaped;
    }
  }

  /** Names are never used again: what a row holds of a column that is gone looks like the new. */
  private String change(List<Grown> shape, SplittableRandom random) {
    if (shape.isEmpty() || (shape.size() < GROWN_MAX && random.nextInt(3) == 0)) {
      Grown added = new Grown(++made, "c" + made, random.nextBoolean() ? "int" : "varchar(20)");
      shape.add(added);
      String fallback = random.nextBoolean() ? "" : " DEFAULT '7'";
      return "ADD \"%s\" %s%s".formatted(added.name(), added.type(), fallback);
    }
    int place = random.nextInt(shape.size());
    Grown grown = shape.get(place);
    return switch (random.nextInt(3)) {
      case 0 -> {
        shape.remove(place);
        yield "DROP \"%s\"".formatted(grown.name());
      }
      case 1 -> {
        shape.set(place, new Grown(grown.number(), "r" + ++made, grown.type()));
        yield "RENAME \"%s\" TO \"r%d\"".formatted(grown.name(), made);
      }
      default -> {
        String wider = grown.type().equals("int") ? "bigint" : "text";
        shape.set(place, new Grown(grown.number(), grown.name(), wider));
        yield "ALTER \"%s\" TYPE %s".formatted(grown.name(), wider);
      }
    };
  }

  /**
   * Under which name a row that was last written in generation {@code then} has a column of
   * generation {@code now}; empty when it did not have it.
   */
  Optional<String> nameThen(int now, int then, String column) {
    if (TABLE.columnNames().contains(column)) {
      return Optional.of(column);
    }
    int number =
        shapes.get(now).stream()
            .filter(it -> it.name().equals(column))
            .findFirst()
            .orElseThrow()
            .number();
    return shapes.get(then).stream()
        .filter(it -> it.number() == number)
        .map(Grown::name)
        .findFirst();
  }

  /** How rows of a snapshot are named in what Overseer knows of them. */
  Snapshot.Naming naming(int now, List<String> columns) {
    int generation = columns.indexOf(GENERATION);
    return (column, row) -> {
      @Nullable String then = row[generation];
      return nameThen(now, Integer.parseInt(String.valueOf(then)), column);
    };
  }

  private static WorkTable table(List<Grown> shape) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                notNull("id", "int", Literals.numbers(0, 60)),
                notNull(GENERATION, "int DEFAULT 0", _ -> "DEFAULT"),
                new Column("body", "text", Literals.large(2500))));
    for (Grown grown : shape) {
      columns.add(new Column(grown.name(), grown.type(), Literals.numbers(0, 100)));
    }
    return WorkTable.of("evolving", 1, columns.toArray(Column[]::new))
        .then("CREATE TABLE work.shape (generation int)", "INSERT INTO work.shape VALUES (0)")
        .with(WorkTable.Trait.EVOLVING);
  }
}
