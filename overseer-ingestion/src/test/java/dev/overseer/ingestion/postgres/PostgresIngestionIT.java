package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.ingestion.StoredSource;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.TimeBasis;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.UpdateId;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.PostgresVersion;
import dev.overseer.testkit.TcpFaultProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresIngestionIT {
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void existing_rows_come_first_and_then_every_change() {
    server.execute(
        "CREATE TABLE first (id int PRIMARY KEY, note text, amount numeric)",
        "INSERT INTO first VALUES (1, E'tab\\there\\nand \\\\N', 1.10), (2, NULL, 2.50)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "first", "public.first");
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      server.execute(
          "INSERT INTO first VALUES (3, 'new', 3)",
          "UPDATE first SET note = 'changed' WHERE id = 1",
          "DELETE FROM first WHERE id = 2",
          "SELECT pg_logical_emit_message(true, 'app', 'hello')",
          "TRUNCATE first");
      tail.untilCaughtUp();

      List<LogRecord.Change> changes =
          tail.stored().changes().stream().map(LogRecord.Change.class::cast).toList();
      assertThat(changes)
          .extracting(LogRecord.Change::operation)
          .containsExactly(
              Operation.SNAPSHOT,
              Operation.SNAPSHOT,
              Operation.INSERT,
              Operation.UPDATE,
              Operation.DELETE,
              Operation.ANNOTATION,
              Operation.TRUNCATE);
      assertThat(tail.firstColumns()).containsExactly("1", "2", "3");
      assertThat(tail.stored().others(LogRecord.Schema.class))
          .as("the relation written for the snapshot is the one that the server sends")
          .hasSize(1);
      assertThat(tail.stored().others(LogRecord.TableKnown.class))
          .singleElement()
          .extracting(LogRecord.TableKnown::from)
          .isEqualTo(tail.stored().transactions().getFirst().commit().effectiveTime());
      tail.assertNoTroubles();
    }
  }

  @Test
  void rows_written_while_the_slot_is_created_come_exactly_once() throws InterruptedException {
    server.execute("CREATE TABLE busy (id bigint PRIMARY KEY)");
    Writers writers = Writers.start(server, "busy", 4);
    PostgresSource source = Tail.source(server.jdbcUrl(), "busy", "public.busy");
    try (Tail tail = Tail.of(source)) {
      tail.until("some rows", () -> writers.committed() > 200);
      tail.until(
          "rows in the snapshot and after it",
          () ->
              tail.status().counts().snapshotRows() > 0
                  && tail.status().counts().transactions() > 200);
      List<String> written = writers.stop();
      tail.untilCaughtUp();

      assertEachIsThere(tail, written);
      tail.assertNoTroubles();
    } finally {
      writers.stop();
    }
  }

  /** The stream tells a row at most once, and so does the reading; the two may overlap. */
  private static void assertEachIsThere(Tail tail, List<String> written) {
    assertThat(tail.firstColumns(Operation.INSERT)).doesNotHaveDuplicates();
    assertThat(tail.firstColumns(Operation.SNAPSHOT)).doesNotHaveDuplicates();
    assertThat(Set.copyOf(tail.firstColumns())).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void crashes_neither_lose_nor_double_anything() throws InterruptedException {
    server.execute("CREATE TABLE crashing (id bigint PRIMARY KEY)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "crashing", "public.crashing");
    Writers writers = Writers.start(server, "crashing", 2);
    Tail tail = Tail.of(source);
    try {
      List<UpdateId> before = List.of();
      for (int round = 1; round <= 6; round++) {
        Tail current = tail;
        current.until("some", () -> current.status().counts().transactions() > 50);
        current.stopSyncing();
        current.until("more", () -> current.status().counts().transactions() > 100);
        tail = current.afterCrash(source);
        assertThat(ids(tail).subList(0, before.size())).isEqualTo(before);
        before = ids(tail);
      }
      List<String> written = writers.stop();
      tail.untilCaughtUp();

      assertEachIsThere(tail, written);
      assertThat(ids(tail)).doesNotHaveDuplicates();
      assertThat(ids(tail).subList(0, before.size())).isEqualTo(before);
      assertThat(tail.stored().others(LogRecord.Schema.class)).hasSize(1);
      assertThat(tail.stored().others(LogRecord.SourceOpened.class)).hasSize(1);
      tail.assertNoTroubles();
    } finally {
      writers.stop();
      tail.close();
    }
  }

  private static List<UpdateId> ids(Tail tail) {
    return tail.stored().transactions().stream().flatMap(all -> all.ids().stream()).toList();
  }

  @Test
  void the_slot_never_moves_beyond_what_is_durable() throws SQLException {
    server.execute("CREATE TABLE kept (id int PRIMARY KEY)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "kept", "public.kept");
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      server.execute("INSERT INTO kept VALUES (1)");
      tail.untilCaughtUp();
      tail.stopSyncing();
      SourcePosition durable = tail.stored().resume().orElseThrow();
      server.execute("INSERT INTO kept SELECT generate_series(2, 1000)");
      long before = tail.status().counts().marks();
      tail.until("received", () -> tail.status().counts().changes() == 1000);
      tail.until("many chances to confirm", () -> tail.status().counts().marks() > before + 4);

      assertThat(confirmed("kept")).isLessThanOrEqualTo((Lsn) durable);

      tail.syncAgain();
      Lsn later = (Lsn) tail.stored().resume().orElseThrow();
      tail.until(
          "confirmed", () -> ((Lsn) tail.status().confirmed().orElseThrow()).compareTo(later) >= 0);
    }
  }

  private static Lsn confirmed(String slot) throws SQLException {
    return Lsn.parse(
        value("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '%s'", slot));
  }

  private static String value(String sql, Object... arguments) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.formatted(arguments))) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void a_stream_that_is_far_behind_moves_the_watermark_only_as_far_as_it_has_come() {
    server.execute("CREATE TABLE backlog (id int PRIMARY KEY)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "backlog", "public.backlog");
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      server.execute(
          "SET synchronous_commit = off",
          "DO $$ BEGIN FOR i IN 1..5000 LOOP INSERT INTO backlog VALUES (i); COMMIT; END LOOP; END"
              + " $$");
      tail.untilCaughtUp();

      List<StoredSource.Transaction> transactions = tail.stored().transactions();
      assertThat(transactions).hasSize(5001);
      assertThat(transactions)
          .filteredOn(all -> !all.commit().isOfSnapshot())
          .allSatisfy(
              all -> {
                assertThat(all.commit().basis()).isEqualTo(TimeBasis.COMMIT_TIME);
                assertThat(all.commit().effectiveTime().toInstant())
                    .isEqualTo(all.commit().commitTime());
              });
      tail.assertNoTroubles();
    }
  }

  @Test
  void committers_that_overtake_each_other_never_land_below_a_mark() throws InterruptedException {
    server.execute("CREATE TABLE crowd (id bigint PRIMARY KEY)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "crowd", "public.crowd");
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      Writers writers =
          Writers.start(server, "crowd", 12, "SET commit_delay = 60000", "SET commit_siblings = 0");
      tail.until("crowded", () -> tail.status().counts().marks() > 12);
      List<String> written = writers.stop();
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactlyInAnyOrderElementsOf(written);
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_server_that_restarts_is_not_held_up_and_is_followed_again() throws Exception {
    server.execute("CREATE TABLE restarted (id int PRIMARY KEY)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "restarted", "public.restarted");
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      server.execute("INSERT INTO restarted VALUES (1)");
      CompletableFuture<Void> restart = CompletableFuture.runAsync(server::restart);
      tail.until("restarted", restart::isDone);
      restart.get();
      server.execute("INSERT INTO restarted VALUES (2)");
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactly("1", "2");
      assertThat(tail.stored().others(LogRecord.Schema.class)).hasSize(1);
      assertThat(tail.status().counts().connections()).isGreaterThan(1);
      assertThat(tail.status().counts().gaps()).isZero();
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_connection_cut_inside_a_transaction_leaves_no_trace_of_its_first_half() {
    server.execute("CREATE TABLE cut (id int PRIMARY KEY, filler text)");
    try (TcpFaultProxy proxy = TcpFaultProxy.to(server.port());
        Tail tail =
            Tail.of(
                Tail.source(
                    server.jdbcUrl().replace(":" + server.port(), ":" + proxy.port()),
                    "cut",
                    "public.cut"))) {
      tail.untilTailing();
      server.execute("INSERT INTO cut SELECT i, repeat('x', 500) FROM generate_series(1, 50000) i");
      tail.until("the first half", () -> tail.status().counts().changes() > 2000);
      assertThat(tail.status().counts().transactions()).as("only the snapshot").isEqualTo(1);
      proxy.cut();
      tail.untilCaughtUp();

      assertThat(tail.status().counts().changes()).isGreaterThan(50000);
      assertThat(tail.firstColumns()).hasSize(50000).doesNotHaveDuplicates();
      assertThat(tail.stored().others(LogRecord.Schema.class)).hasSize(1);
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_slot_that_is_gone_is_a_gap_and_the_rows_are_read_anew() throws SQLException {
    server.execute("CREATE TABLE gone (id int PRIMARY KEY)", "INSERT INTO gone VALUES (1), (2)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "gone", "public.gone");
    Tail first = Tail.of(source);
    first.untilCaughtUp();
    Tail second = first.afterCrash(source);
    await("the walsender has noticed")
        .until(
            () ->
                value("SELECT active FROM pg_replication_slots WHERE slot_name = 'gone'")
                    .equals("f"));
    server.execute(
        "SELECT pg_drop_replication_slot('gone')",
        "DELETE FROM gone WHERE id = 1",
        "INSERT INTO gone VALUES (3)");
    try (second) {
      second.untilCaughtUp();

      StoredSource stored = second.stored();
      assertThat(second.firstColumns()).containsExactly("1", "2", "2", "3");
      assertThat(stored.others(LogRecord.TableUnknown.class))
          .singleElement()
          .satisfies(
              gap ->
                  assertThat(gap.reason())
                      .contains("no longer holds its log")
                      .contains("slot 'gone' is gone"));
      assertThat(stored.changes())
          .extracting(change -> ((LogRecord.Change) change).operation())
          .containsExactly(
              Operation.SNAPSHOT,
              Operation.SNAPSHOT,
              Operation.TRUNCATE,
              Operation.SNAPSHOT,
              Operation.SNAPSHOT);
      assertThat(second.troubles).singleElement().isInstanceOf(SourceTrouble.LogLost.class);
    }
  }

  @Test
  void what_a_role_lacks_is_told_as_the_sql_to_run() {
    server.execute(
        "CREATE SCHEMA closed",
        "CREATE TABLE closed.entries (id int)",
        "CREATE ROLE watcher LOGIN PASSWORD 'secret'");
    PostgresSource all = Tail.source(server.jdbcUrl(), "closed", "closed.entries");
    PostgresSource source =
        new PostgresSource(
            all.definition(),
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port()),
            Optional.of(new PostgresLogin("watcher", Optional.of("secret"))),
            Optional.empty(),
            "closed",
            "closed");
    try (Tail tail = Tail.of(source)) {
      tail.until("refused", () -> !tail.troubles.isEmpty());
      String refusal = tail.troubles.getFirst().description();

      assertThat(remedies(refusal))
          .containsExactly(
              "ALTER ROLE \"watcher\" WITH REPLICATION;",
              "ALTER TABLE \"closed\".\"entries\" REPLICA IDENTITY FULL;  -- or give it a primary"
                  + " key: without one its updates fail once it is published",
              "GRANT USAGE ON SCHEMA \"closed\" TO \"watcher\";",
              "GRANT SELECT ON TABLE \"closed\".\"entries\" TO \"watcher\";",
              "CREATE PUBLICATION \"closed\" FOR TABLE \"closed\".\"entries\""
                  + " WITH (publish_via_partition_root = true);");
      assertThat(refusal).doesNotContain("secret");

      remedies(refusal).forEach(server::execute);
      tail.retryNow();
      server.execute("INSERT INTO closed.entries VALUES (1)");
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactly("1");
      assertThat(tail.troubles).hasSize(1);
      tail.until("well again", () -> tail.status().lastFailure().isEmpty());
    }
  }

  private static List<String> remedies(String refusal) {
    return refusal.lines().filter(line -> line.matches("[A-Z]+ .*;.*")).toList();
  }

  @ParameterizedTest
  @MethodSource("dev.overseer.testkit.PostgresVersion#tested")
  void every_version_is_tailed(PostgresVersion version) {
    try (PostgresServer older = PostgresServer.builder().version(version).start()) {
      older.execute("CREATE TABLE old (id int PRIMARY KEY)", "INSERT INTO old VALUES (1)");
      try (Tail tail = Tail.of(Tail.source(older.jdbcUrl(), "old", "public.old"))) {
        tail.untilTailing();
        older.execute("INSERT INTO old VALUES (2)");
        tail.untilCaughtUp();

        assertThat(tail.firstColumns()).containsExactly("1", "2");
        assertThat(tail.stored().others(LogRecord.Schema.class)).hasSize(1);
        tail.assertNoTroubles();
      }
    }
  }

  @Test
  void a_transaction_that_has_written_and_idles_does_not_hold_back_the_watermark()
      throws SQLException {
    server.execute("CREATE TABLE idle (id int PRIMARY KEY)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "idle", "public.idle");
    try (Tail tail = Tail.of(source);
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      tail.untilCaughtUp();
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO idle VALUES (1)");
      tail.untilCaughtUp();

      connection.commit();
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactly("1");
      tail.assertNoTroubles();
    }
  }

  @Test
  void the_schema_of_a_snapshot_is_the_one_that_the_server_sends_later() {
    server.execute(
        "CREATE TYPE mood AS ENUM ('good', 'bad')",
        "CREATE TABLE made (id int PRIMARY KEY, dropped int, twice int GENERATED ALWAYS AS (id * 2)"
            + " STORED, how mood, price numeric(12,2)[])",
        "ALTER TABLE made DROP COLUMN dropped",
        "CREATE TABLE whole (a text, b varchar(10))",
        "ALTER TABLE whole REPLICA IDENTITY FULL",
        "CREATE TABLE indexed (a int, b int NOT NULL, c \"char\")",
        "CREATE UNIQUE INDEX indexed_by_b ON indexed (b)",
        "ALTER TABLE indexed REPLICA IDENTITY USING INDEX indexed_by_b",
        "CREATE TABLE parted (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO"
            + " ('2027-01-01')",
        "INSERT INTO parted VALUES (1, '2026-02-03')");
    String[] tables = {"public.made", "public.whole", "public.indexed", "public.parted"};
    try (Tail tail = Tail.of(Tail.source(server.jdbcUrl(), "shapes", tables))) {
      tail.untilTailing();
      server.execute(
          "INSERT INTO made VALUES (1, DEFAULT, 'good', '{1.10}')",
          "INSERT INTO whole VALUES ('a', 'b')",
          "INSERT INTO indexed VALUES (1, 2, 'x')",
          "INSERT INTO parted VALUES (2, '2026-02-03')");
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactly("1", "1", "a", "1", "2");
      assertThat(tail.stored().others(LogRecord.Schema.class)).hasSize(tables.length);
      tail.assertNoTroubles();
    }
  }
}
