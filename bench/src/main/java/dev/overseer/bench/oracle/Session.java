package dev.overseer.bench.oracle;

import dev.overseer.ingestion.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One connection that changes tables by chance: in small and long transactions, with savepoints, of
 * which some are rolled back, as some whole transactions are. Belongs to one thread.
 */
final class Session {
  private static final double ROLLBACKS = 0.1;
  private static final double PREPARED = 0.03;
  private static final double SAVEPOINTS = 0.25;
  private static final double LONG_TRANSACTIONS = 0.02;

  /** The table has changed since the statement was made. */
  private static final String UNDEFINED_COLUMN = "42703";

  private static final String UNDEFINED_TABLE = "42P01";

  /** What happens to sessions that do not know of each other: deadlocks, keys that are taken. */
  private static final Set<String> EXPECTED = Set.of("40P01", "40001", "23505", "55P03", "23503");

  private final Connection connection;
  private final SplittableRandom random;
  private final List<WorkTable> tables;
  private final Evolution evolution;
  private final Moves moves;
  private long transactions;
  private long statements;

  Session(
      Connection connection, SplittableRandom random, List<WorkTable> tables, Evolution evolution)
      throws SQLException {
    this.connection = connection;
    this.random = random;
    this.tables = tables;
    this.evolution = evolution;
    this.moves = new Moves(random);
    connection.setAutoCommit(false);
  }

  /** Makes one transaction; it may come to nothing. */
  void transact() throws SQLException {
    try {
      int count = random.nextDouble() < LONG_TRANSACTIONS ? 200 : random.nextInt(1, 8);
      for (int i = 0; i < count; i++) {
        move();
      }
      end();
      transactions++;
    } catch (SQLException e) {
      connection.rollback();
      requireExpected(e);
    }
  }

  private void end() throws SQLException {
    if (random.nextDouble() < PREPARED) {
      endInTwoPhases();
    } else if (random.nextDouble() < ROLLBACKS) {
      connection.rollback();
    } else {
      connection.commit();
    }
  }

  private void endInTwoPhases() throws SQLException {
    String name = Sql.text(Long.toString(random.nextLong()));
    run(List.of("PREPARE TRANSACTION " + name));
    connection.setAutoCommit(true);
    String end = random.nextDouble() < ROLLBACKS ? "ROLLBACK PREPARED " : "COMMIT PREPARED ";
    run(List.of(end + name));
    connection.setAutoCommit(false);
  }

  long transactions() {
    return transactions;
  }

  long statements() {
    return statements;
  }

  private void move() throws SQLException {
    WorkTable table = tables.get(random.nextInt(tables.size()));
    List<String> next =
        moves.next(table.is(WorkTable.Trait.EVOLVING) ? evolution.current() : table);
    if (random.nextDouble() < SAVEPOINTS) {
      runInSavepoint(next);
    } else {
      run(next);
    }
  }

  private void runInSavepoint(List<String> next) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      run(next);
      if (random.nextBoolean()) {
        connection.rollback(savepoint);
      } else {
        connection.releaseSavepoint(savepoint);
      }
    } catch (SQLException e) {
      connection.rollback(savepoint);
      requireExpected(e);
    }
  }

  private void run(List<String> sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : sql) {
        try {
          statement.execute(each);
        } catch (SQLException e) {
          boolean isTooLate =
              (UNDEFINED_COLUMN.equals(e.getSQLState()) && each.contains(Evolution.TABLE.sql()))
                  || (UNDEFINED_TABLE.equals(e.getSQLState()) && each.contains(Swap.TABLE.sql()));
          if (!isTooLate && !EXPECTED.contains(e.getSQLState())) {
            throw new IllegalStateException("The server refuses: " + each, e);
          }
          throw e;
        }
        statements++;
      }
    }
  }

  /** All of these, or nothing. */
  static void runAll(Connection connection, List<String> sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }

  static void requireExpected(SQLException e) throws SQLException {
    boolean isTooLate =
        UNDEFINED_COLUMN.equals(e.getSQLState()) || UNDEFINED_TABLE.equals(e.getSQLState());
    if (!EXPECTED.contains(e.getSQLState()) && !isTooLate) {
      throw e;
    }
  }
}
