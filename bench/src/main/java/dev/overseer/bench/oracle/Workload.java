package dev.overseer.bench.oracle;

import dev.overseer.bench.process.Polling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Sessions that change the tables all at once, until they are told to end. */
final class Workload implements AutoCloseable {
  private static final int SESSIONS = 6;
  private static final Duration BETWEEN_SHAPES = Duration.ofMillis(300);

  private final ExecutorService threads = Executors.newFixedThreadPool(SESSIONS + 1);
  private final List<CompletableFuture<Void>> sessions = new ArrayList<>();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder statements = new LongAdder();
  private volatile boolean ending;

  private Workload() {}

  static Workload start(long seed, Database database, List<WorkTable> tables, Evolution evolution) {
    Workload workload = new Workload();
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < SESSIONS; i++) {
      SplittableRandom random = seeds.split();
      workload.sessions.add(
          CompletableFuture.runAsync(
              () -> workload.run(random, database, tables, evolution), workload.threads));
    }
    SplittableRandom random = seeds.split();
    workload.sessions.add(
        CompletableFuture.runAsync(
            () -> workload.evolve(random, database, evolution), workload.threads));
    return workload;
  }

  private void run(
      SplittableRandom random, Database database, List<WorkTable> tables, Evolution evolution) {
    try (Connection connection = database.connect()) {
      Session session = new Session(connection, random, tables, evolution);
      while (!ending) {
        session.transact();
      }
      transactions.add(session.transactions());
      statements.add(session.statements());
    } catch (SQLException e) {
      throw new IllegalStateException("A session failed: " + e.getMessage(), e);
    }
  }

  private void evolve(SplittableRandom random, Database database, Evolution evolution) {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      while (!ending) {
        try {
          evolution.evolve(connection, random);
        } catch (SQLException e) {
          Session.requireExpected(e);
        }
        Polling.pause(BETWEEN_SHAPES);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The table cannot evolve: " + e.getMessage(), e);
    }
  }

  /** Fails when a session has failed. */
  void requireAlive() {
    for (CompletableFuture<Void> session : sessions) {
      if (session.isCompletedExceptionally()) {
        session.join();
      }
    }
  }

  /** Ends all sessions after their transactions, and says what they did. */
  String end() {
    ending = true;
    sessions.forEach(CompletableFuture::join);
    return "%,d transactions, %,d statements".formatted(transactions.sum(), statements.sum());
  }

  @Override
  public void close() {
    ending = true;
    threads.shutdownNow();
  }
}
