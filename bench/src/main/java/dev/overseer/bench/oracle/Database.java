package dev.overseer.bench.oracle;

import dev.overseer.model.SourceName;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.PostgresVersion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The server that is watched. Its own settings of how values look are as far from ours as can be,
 * so that nobody can rely on them by accident.
 */
final class Database implements AutoCloseable {
  private static final int GENERATED_SINCE = 18;

  private static final List<String> STRANGE_DEFAULTS =
      List.of(
          "DateStyle = 'SQL, DMY'",
          "IntervalStyle = 'iso_8601'",
          "TimeZone = 'Asia/Kathmandu'",
          "extra_float_digits = -3",
          "bytea_output = 'escape'",
          "quote_all_identifiers = on",
          "search_path = work, public");

  /** In which the oracle reads and writes values. */
  private static final String FORMS =
      "SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC';"
          + " SET extra_float_digits = 1; SET bytea_output = 'hex';"
          + " SET quote_all_identifiers = off; SET search_path = ''; SET lock_timeout = '5s'";

  private final PostgresVersion version;
  private final PostgresServer server;

  private Database(PostgresVersion version, PostgresServer server) {
    this.version = version;
    this.server = server;
  }

  static Database start(PostgresVersion version) {
    Database database =
        new Database(
            version,
            PostgresServer.builder()
                .version(version)
                .setting("max_prepared_transactions", "20")
                .start());
    try {
      STRANGE_DEFAULTS.forEach(it -> database.server.execute("ALTER DATABASE postgres SET " + it));
      database.execute("CREATE SCHEMA work");
      TypeTables.TYPES.forEach(database::execute);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Makes the tables, empty, and a publication for each source. */
  void make(List<WorkTable> tables) {
    tables.forEach(table -> table.creation().forEach(this::execute));
    for (SourceName source : WorkTables.sources(tables)) {
      execute(
          "CREATE PUBLICATION overseer_%s FOR TABLE %s WITH (publish_via_partition_root = %s%s)"
              .formatted(
                  source,
                  published(source, tables),
                  source.equals(WorkTable.ORACLE),
                  version.major() < GENERATED_SINCE ? "" : ", publish_generated_columns = stored"));
    }
  }

  private static String published(SourceName source, List<WorkTable> tables) {
    return tables.stream()
        .filter(table -> table.source().equals(source))
        .map(WorkTable::published)
        .collect(Collectors.joining(", "));
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
