package dev.overseer.bench.oracle;

import static dev.overseer.bench.oracle.Column.notNull;

import dev.overseer.bench.oracle.WorkTable.Trait;
import dev.overseer.ingestion.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Lets another table take the name of one that is written meanwhile: a new one, after the old was
 * dropped or renamed, or one that had the name before.
 */
final class Swap {
  static final WorkTable TABLE =
      WorkTable.of(
              "swapped",
              1,
              notNull("id", "int", Literals.numbers(0, 60)),
              new Column("note", "text", Literals.texts(20)))
          .with(Trait.SWAPPED);

  private static final double ROLLBACKS = 0.2;

  /** Those that had the name once, by the names that they have now. */
  private List<String> older = List.of();

  private int made;

  /** Swaps once, with changes of rows before and after it. */
  void swap(Connection connection, SplittableRandom random) throws SQLException {
    Moves moves = new Moves(random);
    List<String> sql = new ArrayList<>();
    sql.add("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(TABLE.sql()));
    sql.add(moves.insert(TABLE));
    List<String> olderThen = replace(sql, random);
    sql.add(moves.insert(TABLE));
    Session.runAll(connection, sql);
    if (random.nextDouble() < ROLLBACKS) {
      connection.rollback();
    } else {
      connection.commit();
      older = olderThen;
    }
  }

  /** Gives those that will have had the name. */
  private List<String> replace(List<String> sql, SplittableRandom random) {
    List<String> then = new ArrayList<>(older);
    int way = random.nextInt(3);
    if (way == 0) {
      sql.add("DROP TABLE " + TABLE.sql());
    } else {
      String name = TABLE.name().name() + ++made;
      sql.add("ALTER TABLE %s RENAME TO %s".formatted(TABLE.sql(), Sql.name(name)));
      then.add(name);
    }
    if (way == 2 && !older.isEmpty()) {
      String back = then.remove(random.nextInt(older.size()));
      sql.add(
          "ALTER TABLE work.%s RENAME TO %s"
              .formatted(Sql.name(back), Sql.name(TABLE.name().name())));
    } else {
      sql.addAll(TABLE.creation());
      sql.add("ALTER PUBLICATION overseer_%s ADD TABLE %s".formatted(TABLE.source(), TABLE.sql()));
    }
    return List.copyOf(then);
  }
}
