package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.ReadingProgress;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Overseer holds up nobody in the database that it watches, and nobody there holds it up. */
@ParameterizedClass
@MethodSource("dev.overseer.testkit.PostgresVersion#tested")
class GentleIT {
  private final PostgresServer server;

  GentleIT(PostgresVersion version) {
    server = PostgresServer.builder().version(version).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_slot_of_an_idle_database_follows_what_others_write() throws SQLException {
    server.execute("CREATE TABLE idle (id int PRIMARY KEY)", "CREATE DATABASE busy");
    try (Tail tail = Tail.of(Tail.source(server.jdbcUrl(), "idle", "public.idle"));
        Connection busy = server.connect("busy");
        Statement statement = busy.createStatement()) {
      tail.untilCaughtUp();
      statement.execute("CREATE TABLE work AS SELECT generate_series(1, 10000) AS id");
      Lsn written = Lsn.parse(server.value("SELECT pg_current_wal_insert_lsn()"));
      tail.until("confirmed", () -> isPast("confirmed_flush_lsn", written));
      server.execute("CHECKPOINT"); // writes down which transactions run, which decoding rests on
      tail.untilCaughtUp();
      server.execute("CHECKPOINT");
      tail.until("let go of", () -> isPast("restart_lsn", written));

      assertThat(tail.status().counts().changes()).isZero();
    }
  }

  private boolean isPast(String position, Lsn written) {
    return server
        .value("SELECT %s >= '%s' FROM pg_replication_slots".formatted(position, written))
        .equals("t");
  }

  @Test
  void a_role_whose_own_limits_are_short_is_tailed_without_a_break() {
    server.execute(
        "CREATE TABLE hasty (id int PRIMARY KEY)",
        "CREATE ROLE hasty SUPERUSER LOGIN",
        "ALTER ROLE hasty SET statement_timeout = '1s'",
        "ALTER ROLE hasty SET lock_timeout = '1s'",
        "ALTER ROLE hasty SET idle_session_timeout = '1s'",
        "ALTER ROLE hasty SET idle_in_transaction_session_timeout = '1s'");
    String url = server.jdbcUrl().replace("user=postgres", "user=hasty");
    try (Tail tail = Tail.of(Tail.source(url, "hasty", "public.hasty"))) {
      tail.untilCaughtUp();
      Instant later = InstantSource.system().instant().plus(Duration.ofSeconds(3));
      tail.until("some seconds on", () -> InstantSource.system().instant().isAfter(later));
      server.execute("INSERT INTO hasty VALUES (1)");
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactly("1");
      assertThat(tail.status().counts().connections()).isEqualTo(1);
      tail.assertNoTroubles();
    }
  }

  @Test
  void heartbeats_come_back_where_they_may_be_written_and_nothing_of_them_is_stored() {
    server.execute(
        "CREATE TABLE alive (id int PRIMARY KEY)",
        "CREATE ROLE mute LOGIN REPLICATION",
        "GRANT SELECT ON alive TO mute",
        "REVOKE EXECUTE ON FUNCTION pg_logical_emit_message(boolean, text, text%1$s) FROM PUBLIC"
            .formatted(hasFlush() ? ", boolean" : ""),
        "REVOKE EXECUTE ON FUNCTION pg_logical_emit_message(boolean, text, bytea%1$s) FROM PUBLIC"
            .formatted(hasFlush() ? ", boolean" : ""));
    PostgresSource source = Tail.source(server.jdbcUrl(), "alive", "public.alive");
    try (Tail tail = Tail.of(Tail.beating(source, Duration.ofMillis(50)))) {
      tail.untilCaughtUp();
      tail.until("heard", () -> tail.status().counts().heartbeats() > 2);

      assertThat(tail.stored().changes()).isEmpty();
      tail.assertNoTroubles();
    }
    String muted = server.jdbcUrl().replace("user=postgres", "user=mute");
    PostgresSource mute = Tail.source(muted, "alive", "public.alive");
    try (Tail tail = Tail.of(Tail.beating(mute, Duration.ofMillis(50)))) {
      tail.untilCaughtUp();
      tail.untilCaughtUp();

      assertThat(tail.status().counts().heartbeats()).isZero();
      assertThat(tail.status().lastFailure()).isEmpty();
      tail.assertNoTroubles();
    }
  }

  private boolean hasFlush() {
    return Integer.parseInt(server.value("SHOW server_version_num")) >= 170000;
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void a_table_that_somebody_locks_holds_up_its_own_rows_alone() throws SQLException {
    server.execute(
        "CREATE TABLE locked (id int PRIMARY KEY)",
        "INSERT INTO locked SELECT generate_series(1, 600)",
        "CREATE TABLE open (id int PRIMARY KEY)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "lock", "public.locked", "public.open");
    try (Connection other = server.connect();
        Statement statement = other.createStatement();
        Tail tail = Tail.of(Tail.slowly(source, 300))) {
      tail.until("some rows", () -> tail.status().counts().snapshotRows() > 0);
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
      tail.until(
          "told",
          () ->
              tail.status()
                  .reading()
                  .flatMap(ReadingProgress::hindrance)
                  .filter(why -> why.contains("lock timeout"))
                  .isPresent(),
          30);
      server.execute("INSERT INTO open VALUES (1000)");
      tail.until("passed on", () -> tail.firstColumns(Operation.INSERT).contains("1000"));
      other.rollback();
      tail.retryNow();
      tail.untilCaughtUp();

      assertThat(tail.firstColumns(Operation.SNAPSHOT)).hasSize(601).doesNotHaveDuplicates();
      tail.assertNoTroubles();
    }
  }
}
