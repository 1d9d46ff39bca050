package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.SourceCondition.TableCondition;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever keeps a table's changes away is told, and the table is read anew when it is over. */
class NeverBlindIT {
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Tail tailing(String table) {
    Tail tail = Tail.of(Tail.source(server.jdbcUrl(), table, "public." + table));
    tail.untilCaughtUp();
    return tail;
  }

  private static long count(Tail tail, Class<? extends LogRecord> kind) {
    return tail.stored().others(kind).size();
  }

  private static void untilUnknown(Tail tail) {
    tail.until("unknown", () -> count(tail, LogRecord.TableUnknown.class) == 1);
  }

  private static void untilKnownAgain(Tail tail) {
    tail.until(
        "known again",
        () ->
            count(tail, LogRecord.TableKnown.class) == 2 && tail.status().phase() == Phase.TAILING);
    tail.untilCaughtUp();
  }

  private static void assertSame(Tail tail, String table) throws SQLException {
    try (Connection connection = server.connect()) {
      assertThat(FoldedTable.ofLog(tail, "public." + table))
          .isEqualTo(FoldedTable.ofServer(connection, table));
    }
  }

  @Test
  void a_table_taken_out_of_the_publication_is_unknown_until_it_is_back() throws SQLException {
    server.execute("CREATE TABLE taken (id int PRIMARY KEY)", "INSERT INTO taken VALUES (1), (2)");
    try (Tail tail = tailing("taken")) {
      server.execute("ALTER PUBLICATION taken DROP TABLE taken", "DELETE FROM taken WHERE id = 1");
      untilUnknown(tail);
      assertThat(tail.troubles)
          .first()
          .isInstanceOfSatisfying(
              SourceTrouble.Blind.class,
              blind ->
                  assertThat(blind.description())
                      .contains("public.taken")
                      .contains("ALTER PUBLICATION \"taken\" ADD TABLE \"public\".\"taken\""));

      server.execute("INSERT INTO taken VALUES (3)", "ALTER PUBLICATION taken ADD TABLE taken");
      untilKnownAgain(tail);
      assertSame(tail, "taken");
    }
  }

  /** Else a check of both tables could be judged as if the first had not changed. */
  @Test
  void nothing_that_came_after_a_table_was_taken_out_is_taken_in_before_that_is_known()
      throws SQLException {
    server.execute(
        "CREATE TABLE silent (id int PRIMARY KEY)", "CREATE TABLE speaking (id int PRIMARY KEY)");
    try (Tail tail =
        Tail.of(Tail.source(server.jdbcUrl(), "pair", "public.silent", "public.speaking"))) {
      tail.untilCaughtUp();
      server.execute(
          "INSERT INTO speaking VALUES (1)",
          "ALTER PUBLICATION pair DROP TABLE silent",
          "INSERT INTO silent VALUES (1)",
          "INSERT INTO speaking VALUES (2)");
      tail.until("both are there", () -> tail.firstColumns().contains("2"));

      LogRecord.TableUnknown gap = tail.stored().others(LogRecord.TableUnknown.class).getFirst();
      assertThat(gap.table().name()).isEqualTo("silent");
      assertThat(commitOfLast(tail).effectiveTime()).isGreaterThan(gap.after());
      assertThat(offsetOf(tail, gap)).isLessThan(offsetOf(tail, commitOfLast(tail)));
    }
  }

  private static LogRecord.Commit commitOfLast(Tail tail) {
    return tail.stored().transactions().getLast().commit();
  }

  private static long offsetOf(Tail tail, LogRecord record) {
    for (LogOffset at = LogOffset.ZERO; at.compareTo(tail.log.end()) < 0; at = at.next()) {
      if (tail.log.get(at).equals(record)) {
        return at.value();
      }
    }
    throw new AssertionError(record);
  }

  @Test
  void what_is_published_is_told_whichever_way_it_is() throws SQLException {
    server.execute(
        "CREATE SCHEMA vast",
        "CREATE TABLE vast.plain (id int PRIMARY KEY)",
        "CREATE TABLE vast.root (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE vast.leaf PARTITION OF vast.root FOR VALUES FROM (0) TO (10)");
    List<String> leaves = List.of("vast.plain", "vast.leaf");
    List<String> roots = List.of("vast.plain", "vast.root");
    for (String whole : List.of("FOR TABLES IN SCHEMA vast", "FOR ALL TABLES")) {
      assertThat(unwatched(whole, true)).as(whole).containsExactly("vast.leaf");
      assertThat(unwatched(whole, false)).as(whole).containsExactly("vast.root");
    }
    assertThat(unwatched("FOR TABLE " + String.join(", ", roots), true))
        .containsExactly("vast.leaf");
    assertThat(unwatched("FOR TABLE " + String.join(", ", roots), false))
        .containsExactly("vast.root");
    assertThat(unwatched("FOR TABLE " + String.join(", ", leaves), true))
        .containsExactly("vast.root");
  }

  /** As the server itself tells it, too. */
  private static List<String> unwatched(String published, boolean viaRoot) throws SQLException {
    server.execute(
        "DROP PUBLICATION IF EXISTS vast",
        "CREATE PUBLICATION vast %s WITH (publish_via_partition_root = %s)"
            .formatted(published, viaRoot));
    PostgresSource source =
        Tail.source(server.jdbcUrl(), "vast", "vast.plain", "vast.root", "vast.leaf");
    try (Connection connection = server.connect()) {
      List<String> unwatched =
          new Inspection(connection, "0", source)
              .run().tables().entrySet().stream()
                  .filter(it -> it.getValue() instanceof TableCondition.Unwatched)
                  .map(it -> it.getKey().toString())
                  .sorted()
                  .toList();
      assertThat(
              server.value(
                  "SELECT count(*) FROM pg_publication_tables WHERE pubname = 'vast' AND schemaname"
                      + " = 'vast'"))
          .isEqualTo(Integer.toString(3 - unwatched.size()));
      return unwatched;
    }
  }

  /** Else the stream would wait with it. */
  @Test
  void a_look_waits_for_nobody_who_has_locked_a_table() throws SQLException {
    server.execute(
        "CREATE TABLE shut (id int PRIMARY KEY)", "CREATE PUBLICATION shut FOR TABLE shut");
    PostgresSource source =
        Tail.keyed(Tail.source(server.jdbcUrl(), "shut", "public.shut"), "public.shut", "id");
    try (Connection other = server.connect();
        Statement locking = other.createStatement();
        Connection connection = server.connect();
        Statement impatience = connection.createStatement()) {
      other.setAutoCommit(false);
      locking.execute("LOCK TABLE shut IN ACCESS EXCLUSIVE MODE");
      impatience.execute("SET lock_timeout = '1ms'");

      assertThat(new Inspection(connection, "0", source).run().tables().values())
          .singleElement()
          .isInstanceOf(TableCondition.Watched.class);
      other.rollback();
    }
  }

  @Test
  void a_table_taken_out_and_put_back_between_two_looks_is_read_anew() throws SQLException {
    server.execute("CREATE TABLE blinked (id int PRIMARY KEY)", "INSERT INTO blinked VALUES (1)");
    try (Tail tail = tailing("blinked")) {
      server.execute(
          "ALTER PUBLICATION blinked DROP TABLE blinked",
          "DELETE FROM blinked",
          "ALTER PUBLICATION blinked ADD TABLE blinked");
      untilKnownAgain(tail);

      assertThat(tail.troubles).hasExactlyElementsOfTypes(SourceTrouble.Gap.class);
      assertSame(tail, "blinked");
    }
  }

  @Test
  void a_table_taken_out_while_we_were_away_is_not_taken_for_known() throws SQLException {
    server.execute("CREATE TABLE away (id int PRIMARY KEY)", "INSERT INTO away VALUES (1), (2)");
    Tail before = tailing("away");
    server.execute("ALTER PUBLICATION away DROP TABLE away", "DELETE FROM away WHERE id = 1");
    try (Tail tail = before.afterCrash(Tail.source(server.jdbcUrl(), "away", "public.away"))) {
      untilKnownAgain(tail);

      assertThat(count(tail, LogRecord.TableUnknown.class)).isEqualTo(1);
      assertSame(tail, "away");
    }
  }

  @Test
  void another_table_under_the_same_name_is_read_anew() throws SQLException {
    server.execute(
        "CREATE TABLE flipped (id int PRIMARY KEY)", "INSERT INTO flipped VALUES (1), (2)");
    try (Tail tail = tailing("flipped")) {
      server.execute(
          "CREATE TABLE flipped_new (id bigint PRIMARY KEY, more text)",
          "INSERT INTO flipped_new VALUES (2, 'x'), (3, 'y')",
          "ALTER PUBLICATION flipped ADD TABLE flipped_new",
          "BEGIN; ALTER TABLE flipped RENAME TO flipped_old;"
              + " ALTER TABLE flipped_new RENAME TO flipped; COMMIT");
      untilUnknown(tail);
      assertThat(tail.stored().others(LogRecord.TableUnknown.class).getFirst().reason())
          .contains("another table");
      untilKnownAgain(tail);
      server.execute("UPDATE flipped SET more = 'z' WHERE id = 3");
      tail.untilCaughtUp();

      assertSame(tail, "flipped");
    }
  }

  @Test
  void a_replica_identity_that_lacks_the_key_is_told_before_a_change_is_lost() throws SQLException {
    server.execute(
        "CREATE TABLE weak (id int PRIMARY KEY, code text NOT NULL UNIQUE)",
        "INSERT INTO weak VALUES (1, 'a'), (2, 'b')");
    PostgresSource keyed =
        Tail.keyed(Tail.source(server.jdbcUrl(), "weak", "public.weak"), "public.weak", "id");
    try (Tail tail = Tail.of(keyed)) {
      tail.untilCaughtUp();
      server.execute("ALTER TABLE weak REPLICA IDENTITY USING INDEX weak_code_key");
      untilUnknown(tail);
      assertThat(tail.troubles.getFirst().description())
          .contains("key (id)")
          .contains("ALTER TABLE \"public\".\"weak\" REPLICA IDENTITY FULL");

      server.execute("DELETE FROM weak WHERE id = 1", "ALTER TABLE weak REPLICA IDENTITY FULL");
      untilKnownAgain(tail);
      assertSame(tail, "weak");
    }
  }

  @Test
  void a_table_that_only_grows_needs_no_replica_identity() throws SQLException {
    server.execute(
        "CREATE TABLE grown (id int)",
        "INSERT INTO grown VALUES (1)",
        "CREATE PUBLICATION grown FOR TABLE grown");
    PostgresSource keyed =
        Tail.keyed(Tail.source(server.jdbcUrl(), "grown", "public.grown"), "public.grown", "id");
    try (Tail tail = Tail.of(keyed)) {
      tail.untilCaughtUp();
      server.execute(
          "ALTER TABLE grown REPLICA IDENTITY NOTHING", "INSERT INTO grown VALUES (2), (3)");
      tail.untilInspected();

      assertThat(count(tail, LogRecord.TableUnknown.class)).isZero();
      assertThat(tail.firstColumns()).containsExactly("1", "2", "3");
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_publication_that_leaves_deletes_out_is_told() throws SQLException {
    server.execute("CREATE TABLE partly (id int PRIMARY KEY)", "INSERT INTO partly VALUES (1)");
    try (Tail tail = tailing("partly")) {
      server.execute(
          "ALTER PUBLICATION partly SET (publish = 'insert, update')", "DELETE FROM partly");
      untilUnknown(tail);
      assertThat(tail.troubles.getFirst().description()).contains("SET (publish =");

      server.execute("ALTER PUBLICATION partly SET (publish = 'insert, update, delete, truncate')");
      untilKnownAgain(tail);
      assertSame(tail, "partly");
    }
  }

  @Test
  void a_table_that_is_dropped_is_told_and_one_made_anew_is_read() throws SQLException {
    server.execute("CREATE TABLE dropped (id int PRIMARY KEY)", "INSERT INTO dropped VALUES (1)");
    try (Tail tail = tailing("dropped")) {
      server.execute("DROP TABLE dropped");
      untilUnknown(tail);
      assertThat(tail.troubles.getFirst().description()).contains("no such table");

      server.execute(
          "CREATE TABLE dropped (id int PRIMARY KEY)",
          "INSERT INTO dropped VALUES (2)",
          "ALTER PUBLICATION dropped ADD TABLE dropped");
      untilKnownAgain(tail);
      assertSame(tail, "dropped");
    }
  }

  /** Up to 17 the walsender fails for want of it, from 18 on it passes over what it publishes. */
  @ParameterizedTest
  @MethodSource("dev.overseer.testkit.PostgresVersion#tested")
  void a_publication_that_is_dropped_is_told_and_one_made_again_is_read(PostgresVersion version)
      throws SQLException {
    try (PostgresServer server = PostgresServer.builder().version(version).start()) {
      server.execute("CREATE TABLE unsaid (id int PRIMARY KEY)", "INSERT INTO unsaid VALUES (1)");
      try (Tail tail = Tail.of(Tail.source(server.jdbcUrl(), "unsaid", "public.unsaid"))) {
        tail.untilCaughtUp();
        server.execute("DROP PUBLICATION unsaid");
        untilUnknown(tail);
        assertThat(tail.troubles.getFirst().description())
            .contains("CREATE PUBLICATION \"unsaid\"");

        server.execute(
            "DELETE FROM unsaid WHERE id = 1",
            "INSERT INTO unsaid VALUES (2)",
            "CREATE PUBLICATION unsaid FOR TABLE unsaid");
        tail.until(
            "read again",
            () ->
                tail.stored().others(LogRecord.TableKnown.class).size() > 1
                    && tail.status().phase() == Phase.TAILING);
        tail.untilCaughtUp();
        try (Connection connection = server.connect()) {
          assertThat(FoldedTable.ofLog(tail, "public.unsaid"))
              .isEqualTo(FoldedTable.ofServer(connection, "unsaid"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.overseer.testkit.PostgresVersion#tested")
  void a_slot_that_the_server_gave_up_is_told_with_what_to_do(PostgresVersion version) {
    try (PostgresServer server =
        PostgresServer.builder()
            .version(version)
            .setting("max_slot_wal_keep_size", "1MB")
            .start()) {
      server.execute("CREATE TABLE abandoned (id int PRIMARY KEY)");
      PostgresSource source = Tail.source(server.jdbcUrl(), "abandoned", "public.abandoned");
      Tail before = Tail.of(source);
      before.untilCaughtUp();
      before.stopSyncing();
      server.execute("INSERT INTO abandoned VALUES (1)");
      for (int segment = 0; segment < 4; segment++) {
        server.execute(
            "SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))",
            "SELECT pg_switch_wal()",
            "CHECKPOINT");
      }
      try (Tail tail = before.afterCrash(source)) {
        tail.untilCaughtUp();

        assertThat(tail.troubles)
            .singleElement()
            .isInstanceOfSatisfying(
                SourceTrouble.LogLost.class,
                lost -> assertThat(lost.description()).contains("max_slot_wal_keep_size"));
        assertThat(tail.firstColumns(Operation.SNAPSHOT)).containsExactly("1");
      }
    }
  }

  @Test
  void a_log_kept_beyond_the_limit_is_given_up_and_everything_is_read_anew() throws SQLException {
    server.execute("CREATE TABLE guarded (id int PRIMARY KEY, filler text)");
    PostgresSource plain = Tail.source(server.jdbcUrl(), "guarded", "public.guarded");
    PostgresSource guarded = Tail.withRetainedMax(plain, 1 << 20);
    Tail first = Tail.of(guarded);
    first.untilCaughtUp();
    first.stopSyncing();
    server.execute(
        "INSERT INTO guarded SELECT i, repeat('x', 900) FROM generate_series(1, 4000) i");
    first.until("given up", () -> first.status().counts().gaps() == 1);
    first.syncAgain();
    try (first) {
      untilKnownAgain(first);

      assertThat(first.troubles).hasAtLeastOneElementOfType(SourceTrouble.Gap.class);
      assertThat(first.troubles.getFirst().description()).contains("limit of 1048576 bytes");
      assertSame(first, "guarded");
    }
  }
}
