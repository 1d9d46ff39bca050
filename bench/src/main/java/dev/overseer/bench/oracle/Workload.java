package dev.overseer.bench.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sessions that change the tables all at once, until they are told to end. */
final class Workload implements AutoCloseable {
  private static final int SESSIONS = 6;
  private static final Duration BETWEEN_SHAPES = Duration.ofMillis(300);
  private static final Duration BETWEEN_SWAPS = Duration.ofSeconds(5);
  private static final Duration BETWEEN_FLOODS = Duration.ofSeconds(70);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<CompletableFuture<Void>> sessions = new ArrayList<>();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder statements = new LongAdder();
  private final CountDownLatch ending = new CountDownLatch(1);

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
    Swap swap = new Swap();
    workload.repeat(seeds.split(), database, BETWEEN_SHAPES, evolution::evolve);
    workload.repeat(seeds.split(), database, BETWEEN_SWAPS, swap::swap);
    workload.repeat(seeds.split(), database, BETWEEN_FLOODS, Flood::fillAndEmpty);
    return workload;
  }

  private void run(
      SplittableRandom random, Database database, List<WorkTable> tables, Evolution evolution) {
    try (Connection connection = database.connect()) {
      Session session = new Session(connection, random, tables, evolution);
      while (ending.getCount() > 0) {
        session.transact();
      }
      transactions.add(session.transactions());
      statements.add(session.statements());
    } catch (SQLException e) {
      throw new IllegalStateException("A session failed: " + e.getMessage(), e);
    }
  }

  /** What is done to a table as a whole, in a transaction of its own. */
  @FunctionalInterface
  private interface Upheaval {
    void happen(Connection connection, SplittableRandom random) throws SQLException;
  }

  private void repeat(
      SplittableRandom random, Database database, Duration between, Upheaval upheaval) {
    sessions.add(
        CompletableFuture.runAsync(
            () -> repeatUntilEnd(random, database, between, upheaval), threads));
  }

  private void repeatUntilEnd(
      SplittableRandom random, Database database, Duration between, Upheaval upheaval) {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      while (!isEndingWithin(between)) {
        try {
          upheaval.happen(connection, random);
        } catch (SQLException e) {
          Session.requireExpected(e);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("A table cannot be changed: " + e.getMessage(), e);
    }
  }

  private boolean isEndingWithin(Duration pause) {
    try {
      return ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
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
    ending.countDown();
    sessions.forEach(CompletableFuture::join);
    return "%,d transactions, %,d statements".formatted(transactions.sum(), statements.sum());
  }

  @Override
  public void close() {
    ending.countDown();
    threads.shutdownNow();
  }
}
