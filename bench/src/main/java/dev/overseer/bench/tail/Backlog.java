package dev.overseer.bench.tail;

import dev.overseer.bench.reading.BankServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Changes of both tables that wait in a server's log: for each withdrawal an insert, the insert of
 * its entry, and an update. Every reader starts at the same place, from a copy of one slot. Used by
 * one thread.
 */
final class Backlog implements AutoCloseable {
  private static final int CHANGES_PER_WITHDRAWAL = 3;
  private static final String BASE_SLOT = "base";

  private final BankServer server;
  private final int withdrawals;

  private Backlog(BankServer server, int withdrawals) {
    this.server = server;
    this.withdrawals = withdrawals;
  }

  /** A server with the tables, still empty. */
  static Backlog start(int changes) {
    return new Backlog(BankServer.start(), Math.ceilDiv(changes, CHANGES_PER_WITHDRAWAL));
  }

  /**
   * Commits all changes, on two connections, after the place where {@code slot} stands.
   *
   * @param slot of a reader that is to start there in every round
   */
  void fill(Shape shape, String slot, Consumer<String> progress) {
    copy(slot, BASE_SLOT);
    long start = System.nanoTime();
    int half = withdrawals / 2;
    CompletableFuture<Void> first = fillAsync(shape, 1, half);
    CompletableFuture<Void> second = fillAsync(shape, half + 1, withdrawals);
    CompletableFuture.allOf(first, second).join();
    server.execute("checkpoint");
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

  BankServer server() {
    return server;
  }

  /** Puts the slot where the backlog begins, whether it exists or not. */
  void rewind(String slot) {
    server.dropSlot(slot);
    copy(BASE_SLOT, slot);
  }

  private void copy(String slot, String to) {
    server.execute("select pg_copy_logical_replication_slot('%s', '%s')".formatted(slot, to));
  }

  @Override
  public void close() {
    server.close();
  }
}
