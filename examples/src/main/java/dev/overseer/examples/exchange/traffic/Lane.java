package dev.overseer.examples.exchange.traffic;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One connection's worth of work on a database: takes what is due, commits it as one transaction,
 * and only then says so. While the database cannot be reached it tries again, with the same work.
 * Has a thread of its own, and ends when that is interrupted.
 */
final class Lane implements Runnable {
  /** More at once would make transactions that no exchange has. */
  private static final int TRANSACTION_MAX = 32;

  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final String url;
  private final BlockingQueue<Errand> due;
  private final LongAdder retries;
  private @Nullable Connection connection;

  /** An action to be committed, and what to do then. */
  record Errand(Action action, Runnable committed) {}

  Lane(String url, BlockingQueue<Errand> due, LongAdder retries) {
    this.url = url;
    this.due = due;
    this.retries = retries;
  }

  @Override
  public void run() {
    List<Errand> errands = new ArrayList<>();
    try {
      while (true) {
        errands.add(due.take());
        due.drainTo(errands, TRANSACTION_MAX - 1);
        commitWithRetries(errands);
        errands.forEach(errand -> errand.committed().run());
        errands.clear();
      }
    } catch (InterruptedException e) {
      // The traffic is over.
    } finally {
      disconnect();
    }
  }

  private void commitWithRetries(List<Errand> errands) throws InterruptedException {
    while (true) {
      try {
        commit(errands);
        return;
      } catch (SQLException e) {
        disconnect();
        if (!Outage.is(e)) {
          throw new IllegalStateException("The exchange's own SQL is wrong: " + e.getMessage(), e);
        }
        retries.increment();
        Thread.sleep(RETRY_AFTER);
      }
    }
  }

  private void commit(List<Errand> errands) throws SQLException {
    Connection open = connected();
    Map<String, PreparedStatement> statements = new LinkedHashMap<>();
    try {
      for (Errand errand : errands) {
        Sql sql = Sql.of(errand.action());
        PreparedStatement statement = statements.get(sql.text());
        if (statement == null) {
          statement = open.prepareStatement(sql.text());
          statements.put(sql.text(), statement);
        }
        for (int i = 0; i < sql.parameters().size(); i++) {
          statement.setObject(i + 1, sql.parameters().get(i));
        }
        statement.addBatch();
      }
      for (PreparedStatement statement : statements.values()) {
        statement.executeBatch();
      }
      open.commit();
    } finally {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = DriverManager.getConnection(url);
      open.setAutoCommit(false);
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // Nothing more can be done with it.
      }
    }
  }
}
