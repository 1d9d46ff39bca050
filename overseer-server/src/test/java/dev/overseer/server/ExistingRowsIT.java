package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.SourceStatus;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.store.log.LogReader;
import dev.overseer.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of many chunks that were broken before Overseer came, under a check that asks for them.
 */
class ExistingRowsIT {
  private static final int ROWS = 30_000;
  private static final int BROKEN_EVERY = 1000;
  private static final int CHUNK_ROWS = 2000;

  private static final Duration SOON = Duration.ofSeconds(60);

  private final PostgresServer postgres = PostgresServer.start();
  @TempDir private Path directory = Path.of("");

  record Withdrawal(long id) {}

  record Entry(long id) {}

  record WithdrawalBooking(Withdrawal withdrawal, List<Entry> entries) {}

  private static final CheckModule CHECKS =
      checks ->
          checks
              .check("withdrawal-is-booked-once", WithdrawalBooking.class, ExistingRowsIT::booked)
              .fromSnapshot();

  private static Outcome booked(WithdrawalBooking booking) {
    return booking.entries().size() == 1
        ? Outcome.passed()
        : Outcome.failed("not-booked-once", "It is not booked once", 1, booking.entries().size());
  }

  @BeforeEach
  void fillTables() {
    postgres.execute(
        "CREATE TABLE withdrawals (id bigint PRIMARY KEY)",
        "CREATE TABLE entries (id bigint PRIMARY KEY, withdrawal_id bigint)",
        "INSERT INTO withdrawals SELECT i FROM generate_series(1, %d) i".formatted(ROWS),
        "INSERT INTO entries SELECT i, i FROM withdrawals w(i) WHERE i %% %d <> 0"
            .formatted(BROKEN_EVERY));
  }

  @AfterEach
  void stop() {
    postgres.close();
  }

  @Test
  void every_row_that_was_broken_before_fails_and_no_row_is_left_open() {
    try (Overseer overseer = start()) {
      awaitTheBroken(overseer);
      assertEveryRowJudgedOnce(overseer);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void a_restart_while_rows_are_read_leaves_none_out() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try (Overseer first = start()) {
        soon().until(() -> source(first).updates() >= CHUNK_ROWS);
        // No chunk is read of a table that is locked so.
        statement.execute("LOCK TABLE withdrawals, entries IN ACCESS EXCLUSIVE MODE");
        assertThat(source(first).unknownTables()).isNotEmpty();
      }
      connection.rollback();
    }
    try (Overseer second = start()) {
      awaitTheBroken(second);
      assertEveryRowJudgedOnce(second);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void rows_that_changed_while_nobody_looked_are_judged_when_their_table_is_read_again() {
    try (Overseer first = start()) {
      awaitTheBroken(first);
    }
    soon().until(this::isSlotFree);
    postgres.execute(
        "SELECT pg_drop_replication_slot('bank')",
        "DELETE FROM entries WHERE id = 7",
        "INSERT INTO entries SELECT 1000000 + i, i FROM generate_series(%1$d, %2$d, %1$d) i"
            .formatted(BROKEN_EVERY, ROWS));
    try (Overseer second = start()) {
      soon().until(() -> roots(second, "open").equals(Set.of("withdrawal/7")));
      assertThat(roots(second, "healed")).isEqualTo(broken());
      soon().until(() -> status(second).inconclusive() == 0);
    }
  }

  private void awaitTheBroken(Overseer overseer) {
    soon().until(() -> roots(overseer, "open").equals(broken()));
  }

  private static void assertEveryRowJudgedOnce(Overseer overseer) {
    soon().until(() -> judged(overseer).size() >= ROWS);
    assertThat(judged(overseer))
        .hasSize(ROWS)
        .noneMatch(verdict -> verdict.outcome() instanceof Outcome.Inconclusive)
        .extracting(Verdict::root)
        .doesNotHaveDuplicates();
    soon().until(() -> status(overseer).failed() == ROWS / BROKEN_EVERY);
  }

  private static Set<String> broken() {
    return IntStream.rangeClosed(1, ROWS / BROKEN_EVERY)
        .mapToObj(i -> "withdrawal/" + i * BROKEN_EVERY)
        .collect(Collectors.toSet());
  }

  private static Set<String> roots(Overseer overseer, String state) {
    Query query = new Query(Optional.of(state), Optional.empty(), 0, Query.LIMIT_MAX);
    return overseer.desk().violations(query).items().stream()
        .map(ViolationSummary::root)
        .collect(Collectors.toSet());
  }

  private static List<Verdict> judged(Overseer overseer) {
    List<Verdict> complete = new ArrayList<>();
    try (LogReader<JournalEntry> reader = overseer.journal().reader(LogOffset.ZERO)) {
      while (reader.next()) {
        reader.record().wholeVerdicts().filter(Verdict::isComplete).forEach(complete::add);
      }
    }
    return complete;
  }

  private Overseer start() {
    String text =
        """
        dataDirectory: %s
        http: { port: 0 }
        sources: { bank: { type: postgres, url: "%s", slot: bank } }
        models:
          withdrawal: { source: bank, table: public.withdrawals, key: id }
          ledger-entry: { source: bank, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }
        views:
          withdrawal-booking: { root: withdrawal, join: { entries: { model: ledger-entry, by: withdrawal, many: true } } }
        """
            .formatted(directory.resolve("data"), postgres.jdbcUrl());
    return Overseer.start(Configuration.parse("overseer.yaml", text, directory), List.of(CHECKS));
  }

  private static SourceStatus source(Overseer overseer) {
    return overseer.desk().sources().getFirst();
  }

  private static CheckStatus status(Overseer overseer) {
    return overseer.desk().checks().getFirst();
  }

  private boolean isSlotFree() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet slots = statement.executeQuery("SELECT NOT active FROM pg_replication_slots")) {
      return slots.next() && slots.getBoolean(1);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(SOON).pollInterval(Duration.ofMillis(5));
  }
}
