package dev.overseer.ingestion.postgres;

import dev.overseer.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that insert one row after another, each in a transaction of its own. */
final class Writers {
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong next = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * @param settings statements that each connection runs first
   */
  static Writers start(PostgresServer server, String table, int count, String... settings) {
    Writers writers = new Writers();
    for (int i = 0; i < count; i++) {
      writers.threads.add(Thread.ofPlatform().start(() -> writers.write(server, table, settings)));
    }
    return writers;
  }

  private void write(PostgresServer server, String table, String... settings) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
      for (String setting : settings) {
        statement.execute(setting);
      }
      while (!stopped) {
        long id = next.getAndIncrement();
        insert.setLong(1, id);
        insert.execute();
        written.add(Long.toString(id));
      }
    } catch (SQLException e) {
      failures.add(e);
    }
  }

  int committed() {
    return written.size();
  }

  /** Ends them all, and tells what they have committed. */
  List<String> stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("A writer failed", failures.peek());
    }
    return List.copyOf(written);
  }
}
