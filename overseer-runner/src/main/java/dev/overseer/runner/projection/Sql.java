package dev.overseer.runner.projection;

import dev.overseer.model.Unavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the projection's file, with its statements prepared once. Not safe for many
 * threads.
 */
final class Sql implements AutoCloseable {
  private static final String BUSY_MILLIS = "5000";
  private static final String READ_ONLY = "1";

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private Sql(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Makes an object of the row that the result set is at. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException;
  }

  /** Readers in other processes are never kept waiting: writes go to a log beside the file. */
  static Sql writing(Path file) {
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", BUSY_MILLIS);
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", "NORMAL");
    Sql sql = open(file, settings);
    sql.run(
        () -> {
          sql.connection.setAutoCommit(false);
          return null;
        });
    return sql;
  }

  static Sql reading(Path file) {
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", BUSY_MILLIS);
    settings.setProperty("open_mode", READ_ONLY);
    return open(file, settings);
  }

  private static Sql open(Path file, Properties settings) {
    try {
      return new Sql(file, DriverManager.getConnection("jdbc:sqlite:" + file, settings));
    } catch (SQLException failed) {
      throw unavailable(file, failed);
    }
  }

  void execute(String statement) {
    run(
        () -> {
          try (var executed = connection.createStatement()) {
            return executed.execute(statement);
          }
        });
  }

  int update(String statement, @Nullable Object... arguments) {
    return run(() -> bound(statement, arguments).executeUpdate());
  }

  <T> List<T> list(String query, RowReader<T> reader, @Nullable Object... arguments) {
    return run(
        () -> {
          List<T> rows = new ArrayList<>();
          try (ResultSet result = bound(query, arguments).executeQuery()) {
            while (result.next()) {
              rows.add(reader.read(result));
            }
          }
          return rows;
        });
  }

  <T> Optional<T> find(String query, RowReader<T> reader, @Nullable Object... arguments) {
    return list(query, reader, arguments).stream().findFirst();
  }

  /** All queries in {@code queries} see one state of the tables. */
  <T> T snapshot(Supplier<T> queries) {
    execute("BEGIN");
    try {
      return queries.get();
    } finally {
      execute("COMMIT");
    }
  }

  void commit() {
    run(
        () -> {
          connection.commit();
          return null;
        });
  }

  @Override
  public void close() {
    run(
        () -> {
          connection.close();
          return null;
        });
  }

  private PreparedStatement bound(String statement, @Nullable Object... arguments)
      throws SQLException {
    PreparedStatement bound = prepared.get(statement);
    if (bound == null) {
      bound = connection.prepareStatement(statement);
      prepared.put(statement, bound);
    }
    for (int i = 0; i < arguments.length; i++) {
      bound.setObject(i + 1, arguments[i]);
    }
    return bound;
  }

  private <T extends @Nullable Object> T run(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException failed) {
      throw unavailable(file, failed);
    }
  }

  private static Unavailable unavailable(Path file, SQLException failed) {
    return new Unavailable(
        "The projection %s cannot be used. If that goes on, stop Overseer and delete it: it is made again"
            .formatted(file),
        failed);
  }
}
