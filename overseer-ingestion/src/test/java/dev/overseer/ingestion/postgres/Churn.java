package dev.overseer.ingestion.postgres;

import dev.overseer.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A connection that inserts, updates, moves and deletes rows of a table (id, value, large). A row
 * moves to the other side of zero, and so from a chunk that was read to one that was not, and back.
 */
final class Churn {
  private static final int KEYS = 30_000;

  /** Two rows meet on the same key, or two of these wait for each other. */
  private static final Set<String> EXPECTED = Set.of("23505", "40P01");

  private final Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
  private final SplittableRandom random;
  private final Thread thread;
  private volatile boolean stopped;

  private Churn(PostgresServer server, String table, long seed) {
    this.random = new SplittableRandom(seed);
    this.thread = Thread.ofPlatform().start(() -> run(server, table));
  }

  static Churn start(PostgresServer server, String table, long seed) {
    return new Churn(server, table, seed);
  }

  private void run(PostgresServer server, String table) {
    try (Connection connection = server.connect()) {
      connection.setAutoCommit(false);
      while (!stopped) {
        transact(connection, table);
      }
    } catch (SQLException e) {
      failures.add(e);
    }
  }

  private void transact(Connection connection, String table) throws SQLException {
    try {
      for (int i = random.nextInt(5); i >= 0; i--) {
        change(connection, table);
      }
      if (random.nextInt(8) > 0) {
        connection.commit();
      }
    } catch (SQLException e) {
      if (!EXPECTED.contains(e.getSQLState())) {
        throw e;
      }
    }
    connection.rollback();
  }

  private void change(Connection connection, String table) throws SQLException {
    String sql =
        switch (random.nextInt(5)) {
          case 0 ->
              "INSERT INTO %s VALUES (?, 'inserted', repeat('i', 3000)) ON CONFLICT DO NOTHING";
          case 1 -> "DELETE FROM %s WHERE id = ?";
          case 2 -> "UPDATE %s SET large = md5(random()::text) || repeat('l', 3000) WHERE id = ?";
          case 3 -> "UPDATE %s SET id = -id - 1 WHERE id = ?";
          default -> "UPDATE %s SET value = md5(random()::text) WHERE id = ?";
        };
    try (PreparedStatement statement = connection.prepareStatement(sql.replace("%s", table))) {
      statement.setInt(1, random.nextInt(-KEYS, KEYS));
      statement.execute();
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    if (!failures.isEmpty()) {
      throw new AssertionError("The churn failed", failures.peek());
    }
  }
}
