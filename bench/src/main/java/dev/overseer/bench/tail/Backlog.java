package dev.overseer.bench.tail;

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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One Postgres with two tables whose changes wait in its log: for each withdrawal an insert, the
 * insert of its entry, and an update. Every reader starts at the same place, from a copy of one
 * slot. Used by one thread.
 */
final class Backlog implements AutoCloseable {
  private static final int CHANGES_PER_WITHDRAWAL = 3;
  private static final String BASE_SLOT = "base";

  /**
   * Tenths of a second for a walsender to end once its reader is gone; a busy machine takes some.
   */
  private static final int SENDER_WAITS_MAX = 300;

  private final PostgresServer server;
  private final Connection connection;
  private final int withdrawals;
  private final long postmaster;

  private Backlog(PostgresServer server, int withdrawals) throws SQLException {
    this.server = server;
    this.withdrawals = withdrawals;
    this.connection = server.connect();
    this.postmaster = ProcessUsage.parent(longOf("select pg_backend_pid()").orElseThrow());
  }

  /** A server with the tables, still empty. */
  static Backlog start(int changes) {
    PostgresServer server =
        PostgresServer.builder()
            // No checkpoint or vacuum may start in the middle of one contender's round.
            .setting("max_wal_size", "20GB")
            .setting("checkpoint_timeout", "1d")
            .setting("autovacuum", "off")
            .start();
    try {
      server.execute(script());
      return new Backlog(server, Math.ceilDiv(changes, CHANGES_PER_WITHDRAWAL));
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw new IllegalStateException("The tables of the backlog cannot be made", e);
    }
  }

  /**
   * Commits all changes, on two connections, after the place where {@code slot} stands.
   *
   * @param slot of a reader that is to start there in every round
   */
  void fill(Shape shape, String slot, Consumer<String> progress) {
    execute("select pg_copy_logical_replication_slot('%s', '%s')".formatted(slot, BASE_SLOT));
    long start = System.nanoTime();
    int half = withdrawals / 2;
    CompletableFuture<Void> first = fillAsync(shape, 1, half);
    CompletableFuture<Void> second = fillAsync(shape, half + 1, withdrawals);
    CompletableFuture.allOf(first, second).join();
    execute("checkpoint");
    progress.accept(
        "%s: backlog of %,d changes made in %d s"
            .formatted(shape, changes(), (System.nanoTime() - start) / 1_000_000_000));
  }

  private CompletableFuture<Void> fillAsync(Shape shape, int first, int last) {
    return CompletableFuture.runAsync(
        () -> {
          try (Connection own = server.connect();
              Statement statement = own.createStatement()) {
            // Only while generating: what is measured reads it afterwards.
            statement.execute("set synchronous_commit = off");
            statement.execute(
                "call fill(%d, %d, %d)".formatted(first, last, shape.rowsPerTransaction()));
          } catch (SQLException e) {
            throw new IllegalStateException("The backlog cannot be made: " + e.getMessage(), e);
          }
        });
  }

  /** Changes that wait. */
  long changes() {
    return (long) withdrawals * CHANGES_PER_WITHDRAWAL;
  }

  int withdrawals() {
    return withdrawals;
  }

  int port() {
    return server.port();
  }

  String jdbcUrl() {
    return server.jdbcUrl();
  }

  /** Puts the slot where the backlog begins, whether it exists or not. */
  void rewind(String slot) {
    drop(slot);
    execute("select pg_copy_logical_replication_slot('%s', '%s')".formatted(BASE_SLOT, slot));
  }

  /** Removes the slot if it is there, once the server has noticed that its reader is gone. */
  void drop(String slot) {
    for (int waits = 0; sender(slot).isPresent() && waits < SENDER_WAITS_MAX; waits++) {
      execute("select pg_sleep(0.1)");
    }
    execute(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '%s'"
            .formatted(slot));
  }

  /** The server's process that sends to the reader of this slot; empty while nobody reads. */
  OptionalLong sender(String slot) {
    return longOf(
        "select active_pid from pg_replication_slots where slot_name = '%s'".formatted(slot));
  }

  /** CPU seconds of the whole server since it started. */
  double serverCpuSeconds() {
    return ProcessUsage.familyCpuSeconds(postmaster);
  }

  String version() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_version")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
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

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("%s: %s".formatted(sql, e.getMessage()), e);
    }
  }

  /** The first column of the first row, where there is one. */
  private OptionalLong longOf(String sql) {
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

  private static String script() {
    try (InputStream in = Backlog.class.getResourceAsStream("backlog.sql")) {
      return new String(
          Objects.requireNonNull(in, "backlog.sql").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The program's own backlog.sql cannot be read", e);
    }
  }
}
