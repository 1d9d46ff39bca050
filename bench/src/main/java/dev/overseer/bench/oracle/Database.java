package dev.overseer.bench.oracle;

import dev.overseer.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The server that is watched. Its own settings of how values look are as far from ours as can be,
 * so that nobody can rely on them by accident.
 */
final class Database implements AutoCloseable {
  static final String PUBLICATION = "overseer_oracle";

  private static final List<String> STRANGE_DEFAULTS =
      List.of(
          "DateStyle = 'SQL, DMY'",
          "IntervalStyle = 'iso_8601'",
          "TimeZone = 'Asia/Kathmandu'",
          "extra_float_digits = -3",
          "bytea_output = 'escape'");

  /** In which the oracle reads and writes values. */
  private static final String FORMS =
      "SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC';"
          + " SET extra_float_digits = 1; SET bytea_output = 'hex'; SET lock_timeout = '5s'";

  private final PostgresServer server;

  private Database(PostgresServer server) {
    this.server = server;
  }

  /** With all tables, empty, and their publication. */
  static Database start(List<WorkTable> tables) {
    Database database = new Database(PostgresServer.start());
    try {
      STRANGE_DEFAULTS.forEach(it -> database.server.execute("ALTER DATABASE postgres SET " + it));
      database.execute("CREATE SCHEMA work");
      tables.forEach(table -> table.creation().forEach(database::execute));
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  String url() {
    return server.jdbcUrl();
  }

  /** Whose values are text, exactly as the server writes it. */
  Connection connect() throws SQLException {
    Connection connection =
        DriverManager.getConnection(server.jdbcUrl() + "&binaryTransfer=false&prepareThreshold=0");
    try (Statement statement = connection.createStatement()) {
      statement.execute(FORMS);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("The server refuses: " + sql, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
