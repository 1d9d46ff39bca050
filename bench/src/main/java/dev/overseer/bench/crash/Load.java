package dev.overseer.bench.crash;

import dev.overseer.bench.process.Polling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Traffic on both databases, until it is told to end. Owns its threads and connections. */
final class Load implements AutoCloseable {
  private static final int LANES = 2;
  private static final Duration BETWEEN_WITHDRAWALS = Duration.ofMillis(20);

  private final History history = new History();
  private final ExecutorService threads = Executors.newFixedThreadPool(LANES);
  private final List<CompletableFuture<Void>> lanes = new ArrayList<>();
  private volatile boolean fates;
  private volatile boolean ending;

  private Load() {}

  /** Begins with withdrawals that go well. */
  static Load start(long seed, Databases databases) {
    Load load = new Load();
    for (int i = 0; i < LANES; i++) {
      long laneSeed = seed * 31 + i;
      load.lanes.add(CompletableFuture.runAsync(() -> load.run(laneSeed, databases), load.threads));
    }
    return load;
  }

  History history() {
    return history;
  }

  /** From now on some withdrawals go wrong. */
  void allowFates() {
    fates = true;
  }

  /** Fails when a lane has failed. */
  void requireAlive() {
    for (CompletableFuture<Void> lane : lanes) {
      if (lane.isCompletedExceptionally()) {
        lane.join();
      }
    }
  }

  /** Makes nothing new, waits until all that is to be healed is healed, and ends. */
  void end() {
    ending = true;
    lanes.forEach(CompletableFuture::join);
  }

  @Override
  public void close() {
    ending = true;
    threads.shutdownNow();
  }

  private void run(long seed, Databases databases) {
    Map<Table, Connection> connections = new EnumMap<>(Table.class);
    try {
      for (Table table : Table.values()) {
        Connection connection = databases.connect(table);
        connection.setAutoCommit(false);
        connections.put(table, connection);
      }
      Lane lane = new Lane(seed, history, connections);
      while (!ending || lane.hasLater()) {
        lane.makeDue();
        if (!ending) {
          lane.makeNext(fates);
        }
        Polling.pause(BETWEEN_WITHDRAWALS);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The load failed: " + e.getMessage(), e);
    } finally {
      connections.values().forEach(Load::closeQuietly);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The servers are stopped next, which ends every connection.
    }
  }
}
