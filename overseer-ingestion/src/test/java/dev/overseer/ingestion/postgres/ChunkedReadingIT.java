package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.IngestionSettings;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.TableName;
import dev.overseer.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChunkedReadingIT {
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static PostgresSource source(String name, int rowsPerSecond, String... tables) {
    Set<TableName> all = Set.copyOf(List.of(tables).stream().map(TableName::parse).toList());
    IngestionSettings settings = IngestionSettings.DEFAULT.withRowsPerSecond(rowsPerSecond);
    return new PostgresSource(
        new SourceDefinition(Tail.SOURCE, all, settings),
        server.jdbcUrl(),
        Optional.empty(),
        Optional.empty(),
        name,
        name);
  }

  private static void assertSame(Tail tail, String table) throws SQLException {
    try (Connection connection = server.connect()) {
      assertThat(FoldedTable.ofLog(tail, "public." + table))
          .isEqualTo(FoldedTable.ofServer(connection, table));
    }
  }

  @Test
  void rows_that_change_while_they_are_read_are_told_as_the_server_has_them() throws Exception {
    server.execute(
        "CREATE TABLE churned (id int PRIMARY KEY, value text, large text)",
        "ALTER TABLE churned ALTER large SET STORAGE EXTERNAL",
        "INSERT INTO churned SELECT i, 'v' || i, repeat(md5(i::text), 90) FROM"
            + " generate_series(-8000, 8000) i");
    PostgresSource source = source("churned", 8000, "public.churned");
    Churn first = Churn.start(server, "churned", 1);
    Churn second = Churn.start(server, "churned", 2);
    Tail tail = Tail.of(source);
    try {
      for (int crash = 1; crash <= 3; crash++) {
        Tail current = tail;
        current.until("some rows", () -> current.status().counts().snapshotRows() > 2000);
        assertThat(current.status().phase()).isEqualTo(Phase.SNAPSHOTTING);
        tail = current.afterCrash(source);
      }
      Tail last = tail;
      last.until("known", () -> last.status().phase() == Phase.TAILING, 60);
      first.stop();
      second.stop();
      last.untilCaughtUp();

      assertSame(last, "churned");
      assertThat(last.stored().others(LogRecord.TableKnown.class)).hasSize(1);
      assertThat(last.stored().others(LogRecord.TableReading.class))
          .as("it went on where it was")
          .containsOnlyOnce(
              LogRecord.TableReading.begun(Tail.SOURCE, TableName.parse("public.churned")));
      last.assertNoTroubles();
    } finally {
      first.stop();
      second.stop();
      tail.close();
    }
  }

  @Test
  void no_transaction_of_ours_stays_open_and_nothing_is_written_upstream() throws SQLException {
    server.execute(
        "CREATE TABLE gentle (id int PRIMARY KEY)",
        "INSERT INTO gentle SELECT generate_series(1, 5000)");
    try (Tail tail = Tail.of(source("gentle", 1000, "public.gentle"))) {
      tail.until("half", () -> tail.status().counts().snapshotRows() > 2500);
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'overseer%'"
                      + " AND backend_type = 'client backend'"
                      + " AND state LIKE 'idle in transaction%'")) {
        row.next();
        assertThat(row.getInt(1)).isZero();
      }
      assertThat(tail.status().reading())
          .hasValueSatisfying(
              reading -> {
                assertThat(reading.rows()).isGreaterThan(2500);
                assertThat(reading.table()).isEqualTo(TableName.parse("public.gentle"));
              });
      tail.untilCaughtUp();
      assertThat(tail.firstColumns(Operation.SNAPSHOT)).hasSize(5000).doesNotHaveDuplicates();
      assertThat(tail.status().reading()).isEmpty();
    }
  }

  @Test
  void tables_of_every_shape_are_read_whole() throws SQLException {
    server.execute(
        "CREATE TABLE keyless (id int, value text)",
        "ALTER TABLE keyless REPLICA IDENTITY FULL",
        "INSERT INTO keyless SELECT i, nullif('v' || i, 'v7') FROM generate_series(1, 3000) i",
        "CREATE TABLE parted (id int, value text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (1500)",
        "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (1500) TO (9000)",
        "INSERT INTO parted SELECT i, 'v' FROM generate_series(1, 3000) i",
        "CREATE TABLE words (word text COLLATE \"en-x-icu\" PRIMARY KEY, value int)",
        "INSERT INTO words SELECT chr(65 + i % 26) || chr(97 + i % 23) || '''\\' || i, i FROM"
            + " generate_series(1, 3000) i",
        "CREATE TABLE composed (b int, a text, PRIMARY KEY (a, b))",
        "INSERT INTO composed SELECT i, 'g' || i % 7 FROM generate_series(1, 3000) i",
        "CREATE TABLE parent (id int PRIMARY KEY, value int)",
        "CREATE TABLE child () INHERITS (parent)",
        "INSERT INTO parent VALUES (1, 1)",
        "INSERT INTO child VALUES (2, 2)",
        "CREATE TABLE wide (id int PRIMARY KEY, value text)",
        "INSERT INTO wide SELECT i, repeat(md5(i::text), 40000) FROM generate_series(1, 20) i");
    String[] names = {"keyless", "parted", "words", "composed", "wide"};
    String[] tables = {
      "public.keyless",
      "public.parted",
      "public.words",
      "public.composed",
      "public.parent",
      "public.wide"
    };
    try (Tail tail = Tail.of(source("shaped", 4000, tables))) {
      tail.until("known", () -> tail.status().phase() == Phase.TAILING, 30);
      server.execute("UPDATE keyless SET value = 'w' WHERE id % 100 = 0");
      tail.untilCaughtUp();

      for (String name : names) {
        assertSame(tail, name);
      }
      assertThat(FoldedTable.ofLog(tail, "public.parent")).containsOnlyKeys("1");
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_table_that_is_added_is_read_alone() throws SQLException {
    server.execute(
        "CREATE TABLE kept_on (id int PRIMARY KEY)",
        "INSERT INTO kept_on VALUES (1), (2)",
        "CREATE TABLE come_later (id int PRIMARY KEY)",
        "INSERT INTO come_later VALUES (3), (4)");
    Tail tail = Tail.of(source("added", 50_000, "public.kept_on"));
    tail.untilCaughtUp();
    server.execute("INSERT INTO kept_on VALUES (5)");
    try (Tail both =
        tail.afterCrash(source("added", 50_000, "public.kept_on", "public.come_later"))) {
      both.untilCaughtUp();

      assertThat(both.firstColumns()).containsExactly("1", "2", "5", "3", "4");
      assertThat(both.stored().others(LogRecord.TableUnknown.class)).isEmpty();
      assertThat(both.stored().others(LogRecord.TableKnown.class))
          .extracting(LogRecord.TableKnown::table)
          .containsExactly(TableName.parse("public.kept_on"), TableName.parse("public.come_later"));
      both.assertNoTroubles();
    }
  }
}
