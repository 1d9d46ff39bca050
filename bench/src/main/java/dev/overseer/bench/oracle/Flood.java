package dev.overseer.bench.oracle;

import static dev.overseer.bench.oracle.Column.notNull;

import dev.overseer.bench.oracle.WorkTable.Trait;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/** Fills a table with hundreds of thousands of rows, and has it emptied at once. */
final class Flood {
  static final WorkTable TABLE =
      WorkTable.of(
              "flooded",
              1,
              notNull("id", "int", Literals.numbers(0, 60)),
              new Column("note", "text", Literals.texts(20)))
          .with(Trait.FLOODED);

  private static final int ROWS_MIN = 150_000;
  private static final int ROWS_MAX = 300_000;
  private static final String EMPTYING = "TRUNCATE " + TABLE.sql();

  private Flood() {}

  /** In one transaction or several; what is emptied may be filled again in the same. */
  static void fillAndEmpty(Connection connection, SplittableRandom random) throws SQLException {
    Session.runAll(connection, List.of(filling(random)));
    if (random.nextBoolean()) {
      connection.commit();
    }
    switch (random.nextInt(3)) {
      case 0 ->
          Session.runAll(
              connection, List.of("SAVEPOINT filled", EMPTYING, "ROLLBACK TO filled", EMPTYING));
      case 1 -> Session.runAll(connection, List.of(EMPTYING, new Moves(random).insert(TABLE)));
      default -> Session.runAll(connection, List.of(EMPTYING));
    }
    connection.commit();
  }

  private static String filling(SplittableRandom random) {
    return "INSERT INTO %s SELECT i, 'note ' || i FROM generate_series(100, %d) i ON CONFLICT DO NOTHING"
        .formatted(TABLE.sql(), random.nextInt(ROWS_MIN, ROWS_MAX));
  }
}
