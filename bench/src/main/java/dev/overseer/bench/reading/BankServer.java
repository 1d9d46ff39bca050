package dev.overseer.bench.reading;

import dev.overseer.bench.process.ProcessUsage;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One Postgres that is read from: durable, with two tables of a bank, and without work of its own
 * that could start in the middle of a round. Used by one thread.
 */
public final class BankServer implements AutoCloseable {
  /**
   * Tenths of a second for a walsender to end once its reader is gone; a busy machine takes some.
   */
  private static final int SENDER_WAITS_MAX = 300;

  private final PostgresServer server;
  private final Connection connection;
  private final long postmaster;

  private BankServer(PostgresServer server) throws SQLException {
    this.server = server;
    this.connection = server.connect();
    this.postmaster = ProcessUsage.parent(longOf("select pg_backend_pid()").orElseThrow());
  }

  /** The tables are empty. */
  public static BankServer start() {
    PostgresServer server =
        PostgresServer.builder()
            .setting("max_wal_size", "20GB")
            .setting("checkpoint_timeout", "1d")
            .setting("autovacuum", "off")
            .start();
    try {
      server.execute(script());
      return new BankServer(server);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw new IllegalStateException("The tables of the bank cannot be made", e);
    }
  }

  /** What figures depend on, for the report. */
  public String description() {
    return "Postgres %s, fsync and synchronous_commit on, autovacuum off".formatted(version());
  }

  public int port() {
    return server.port();
  }

  public String jdbcUrl() {
    return server.jdbcUrl();
  }

  /** Another connection, of the caller's. */
  public Connection connect() throws SQLException {
    return server.connect();
  }

  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("%s: %s".formatted(sql, e.getMessage()), e);
    }
  }

  /** The first column of the first row, where there is one. */
  public OptionalLong longOf(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        return OptionalLong.empty();
      }
      long value = rows.getLong(1);
      return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    } catch (SQLException e) {
      throw new IllegalStateException("%s: %s".formatted(sql, e.getMessage()), e);
    }
  }

  /** The server's process that sends to the reader of this slot; empty while nobody reads. */
  public OptionalLong sender(String slot) {
    return longOf(
        "select active_pid from pg_replication_slots where slot_name = '%s'".formatted(slot));
  }

  /** Removes the slot if it is there, once the server has noticed that its reader is gone. */
  public void dropSlot(String slot) {
    for (int waits = 0; sender(slot).isPresent() && waits < SENDER_WAITS_MAX; waits++) {
      execute("select pg_sleep(0.1)");
    }
    execute(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '%s'"
            .formatted(slot));
  }

  /** CPU seconds of the whole server since it started. */
  double cpuSeconds() {
    return ProcessUsage.familyCpuSeconds(postmaster);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server is stopped next, which ends every connection.
    } finally {
      server.close();
    }
  }

  private String version() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_version")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static String script() {
    try (InputStream in = BankServer.class.getResourceAsStream("bank.sql")) {
      return new String(
          Objects.requireNonNull(in, "bank.sql").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The program's own bank.sql cannot be read", e);
    }
  }
}
