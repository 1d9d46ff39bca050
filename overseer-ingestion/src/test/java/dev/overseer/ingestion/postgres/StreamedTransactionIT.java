package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.StoredSource;
import dev.overseer.ingestion.StoredSource.Transaction;
import dev.overseer.model.LogRecord;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.TcpFaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transactions that the server sends before they have ended, because they are large for it. */
class StreamedTransactionIT {
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.builder().setting("logical_decoding_work_mem", "64kB").start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void sent_in_pieces_or_whole_its_updates_have_the_same_ids_and_bytes() throws SQLException {
    server.execute(
        "CREATE TABLE cut (id int PRIMARY KEY, note text)",
        "CREATE TABLE cut_too (id int PRIMARY KEY)");
    PostgresSource source = source("cut", "public.cut", "public.cut_too");
    Tail first = Tail.of(source);
    first.untilTailing();
    first.stopSyncing();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      fill(statement, "cut", 1, 2000);
      statement.execute("SAVEPOINT one");
      fill(statement, "cut", 2001, 4000);
      statement.execute("SELECT pg_logical_emit_message(true, 'app', 'gone')");
      statement.execute("INSERT INTO cut_too VALUES (1)");
      statement.execute("ROLLBACK TO SAVEPOINT one");
      statement.execute("SAVEPOINT two");
      statement.execute("ALTER TABLE cut ADD COLUMN more int DEFAULT 7");
      statement.execute("UPDATE cut SET note = 'updated' WHERE id <= 1000");
      statement.execute("RELEASE SAVEPOINT two");
      statement.execute("SELECT pg_logical_emit_message(true, 'app', 'kept')");
      statement.execute("DELETE FROM cut WHERE id > 1500");
      statement.execute("TRUNCATE cut_too");
      statement.execute("INSERT INTO cut_too VALUES (2)");
      first.until("some in a side file", () -> first.status().spooledBytes() > 0);
      connection.commit();
    }
    first.until("received", () -> first.status().counts().transactions() == 3);
    assertThat(first.status().spooledBytes()).isZero();

    Tail second = first.afterCrash(source);
    long streamedBefore = streamedBy("cut");
    assertThat(streamedBefore).isPositive();
    decodeIn("1GB");
    try (second) {
      second.untilCaughtUp();
      assertThat(streamedBy("cut")).as("this time it comes whole").isEqualTo(streamedBefore);
      first.log.sync();

      Transaction streamed = first.stored().transactions().getLast();
      Transaction whole = second.stored().transactions().getLast();
      assertThat(whole.ids()).isEqualTo(streamed.ids()).hasSize(2000 + 1000 + 1 + 500 + 1 + 1);
      assertThat(whole.commit().commitTime()).isEqualTo(streamed.commit().commitTime());
      assertThat(whole.commit().end()).isEqualTo(streamed.commit().end());
      assertThat(whole.commit().xid()).isEqualTo(streamed.commit().xid());
      assertThat(raw(whole)).isEqualTo(raw(streamed));
      assertThat(schemas(second.stored())).isEqualTo(schemas(first.stored()));
      second.assertNoTroubles();
    } finally {
      decodeIn("64kB");
    }
  }

  @Test
  void many_at_once_are_stored_in_the_order_of_their_commits() throws SQLException {
    server.execute("CREATE TABLE crowd (id int PRIMARY KEY, note text)");
    try (Tail tail = Tail.of(source("crowd", "public.crowd"))) {
      tail.untilTailing();
      List<Connection> writers = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Connection writer = server.connect();
        writers.add(writer);
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
          fill(statement, "crowd", i * 1000 + 1, i * 1000 + 500);
        }
      }
      for (int i = 0; i < 12; i++) {
        try (Statement statement = writers.get(i).createStatement()) {
          fill(statement, "crowd", i * 1000 + 501, i * 1000 + 600);
        }
      }
      tail.until("some in side files", () -> tail.status().spooledBytes() > 0);
      server.execute("INSERT INTO crowd VALUES (0, 'in between')");
      expected.add("0");
      for (int i = 11; i >= 0; i--) {
        if (i % 4 == 0) {
          writers.get(i).rollback();
        } else {
          writers.get(i).commit();
          for (int id = 1; id <= 600; id++) {
            expected.add(Integer.toString(i * 1000 + id));
          }
        }
        writers.get(i).close();
      }
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).isEqualTo(expected);
      assertThat(tail.status().spooledBytes()).isZero();
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_connection_cut_in_the_middle_of_one_begins_it_anew() throws SQLException {
    server.execute("CREATE TABLE broken (id int PRIMARY KEY, note text)");
    try (TcpFaultProxy proxy = TcpFaultProxy.to(server.port());
        Tail tail =
            Tail.of(
                Tail.source(
                    server.jdbcUrl().replace(":" + server.port(), ":" + proxy.port()),
                    "broken",
                    "public.broken"));
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      tail.untilTailing();
      connection.setAutoCommit(false);
      fill(statement, "broken", 1, 3000);
      tail.until("some in a side file", () -> tail.status().spooledBytes() > 0);
      proxy.cut();
      tail.until("connected again", () -> tail.status().counts().connections() > 1);
      fill(statement, "broken", 3001, 6000);
      connection.commit();
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).hasSize(6000).doesNotHaveDuplicates();
      assertThat(tail.stored().transactions()).hasSize(2);
      tail.assertNoTroubles();
    }
  }

  @Test
  void one_that_is_open_for_long_holds_back_neither_others_nor_the_watermark() throws SQLException {
    server.execute("CREATE TABLE patient (id int PRIMARY KEY, note text)");
    try (Tail tail = Tail.of(source("patient", "public.patient"));
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      tail.untilTailing();
      connection.setAutoCommit(false);
      fill(statement, "patient", 1, 3000);
      tail.until("some in a side file", () -> tail.status().spooledBytes() > 0);
      server.execute("INSERT INTO patient VALUES (0, 'another')");
      tail.untilCaughtUp();
      assertThat(tail.firstColumns()).containsExactly("0");

      connection.commit();
      tail.untilCaughtUp();
      assertThat(tail.firstColumns()).hasSize(3001);
      tail.assertNoTroubles();
    }
  }

  /** How often the server sent a part of a transaction. */
  private static long streamedBy(String slot) {
    return Long.parseLong(
        server.value(
            "SELECT stream_count FROM pg_stat_replication_slots WHERE slot_name = '%s'"
                .formatted(slot)));
  }

  /** From now on the walsenders that start have this much memory. */
  private static void decodeIn(String memory) {
    server.execute("ALTER ROLE postgres SET logical_decoding_work_mem = '%s'".formatted(memory));
  }

  private static PostgresSource source(String name, String... tables) {
    return Tail.source(server.jdbcUrl(), name, tables);
  }

  private static void fill(Statement statement, String table, int from, int to)
      throws SQLException {
    statement.execute(
        "INSERT INTO %s SELECT i, repeat('x', 100) FROM generate_series(%d, %d) i"
            .formatted(table, from, to));
  }

  private static List<String> raw(Transaction transaction) {
    return transaction.changes().stream()
        .map(LogRecord.Change.class::cast)
        .map(change -> change.operation() + " " + HexFormat.of().formatHex(change.raw()))
        .toList();
  }

  private static List<String> schemas(StoredSource stored) {
    return stored.others(LogRecord.Schema.class).stream()
        .map(schema -> HexFormat.of().formatHex(schema.bytes()))
        .toList();
  }
}
