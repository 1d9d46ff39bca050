package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.ActionRequest.Kind;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.ViolationDetail.HistoryStep;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with a real database, and a real S3 server for its archive. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchiveIT {
  private static final ActionRequest ACKNOWLEDGED =
      new ActionRequest(
          Kind.ACKNOWLEDGE, "ann", Optional.of("known to the bank"), Optional.empty());

  private final PostgresServer postgres = PostgresServer.start();
  @TempDir private Path directory = Path.of("");
  private int tests;
  private String backlogMax = "";

  record Withdrawal(long id, String status) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  private static final CheckModule CHECKS =
      checks ->
          checks.check(
              "withdrawal-is-not-lost",
              WithdrawalAlone.class,
              view ->
                  view.withdrawal().status().equals("lost")
                      ? Outcome.failed("lost", "It is lost", "anything else", "lost")
                      : Outcome.passed());

  @AfterAll
  void stop() {
    postgres.close();
  }

  @BeforeEach
  void createTable() {
    tests++;
    backlogMax = "10GiB";
    postgres.execute("CREATE DATABASE payments_" + tests);
    payments("CREATE TABLE withdrawals (id bigint PRIMARY KEY, status text)");
  }

  @Test
  void a_lost_machine_loses_nothing() {
    try (S3Server bucket = bucket("logs")) {
      List<String> before;
      HistoryStep acknowledgement;
      try (Overseer first = start("first", bucket, "object-store")) {
        awaitTailing(first);
        payments("INSERT INTO withdrawals VALUES (1, 'lost'), (2, 'lost')");
        soon().until(() -> violations(first, "open").size() == 2);
        String id = violations(first, "open").getFirst().id();
        first.desk().act(id, ACKNOWLEDGED);
        soon().until(() -> violations(first, "acknowledged").size() == 1);
        acknowledgement = first.desk().violation(id).orElseThrow().history().getLast();
        assertThat(acknowledgement.by()).contains("ann");
        assertThat(acknowledgement.text()).isEqualTo("known to the bank");
        awaitConfirmed();
        soon().until(() -> isJournalArchived(first));
        before = changes(first);
      }
      payments("INSERT INTO withdrawals VALUES (3, 'lost')");

      try (Overseer second = start("second", bucket, "object-store")) {
        soon().until(() -> violations(second, "open").size() == 2);
        String id = violations(second, "acknowledged").getFirst().id();
        assertThat(second.desk().violation(id).orElseThrow().history().getLast())
            .isEqualTo(acknowledgement);
        assertThat(changes(second))
            .hasSize(before.size() + 1)
            .startsWith(before.toArray(String[]::new));
        assertThat(incidents(second)).doesNotContain("gap", "slot-lost");
      }
    }
  }

  @Test
  void a_position_is_confirmed_only_when_the_archive_has_what_is_before_it() {
    try (S3Server server = bucket("logs");
        Overseer overseer = start("data", server, "object-store")) {
      awaitTailing(overseer);
      awaitConfirmed();
      server.hideBucket("logs");
      soon().until(() -> incidents(overseer).contains("archive-refused"));
      long before = confirmed();
      payments("INSERT INTO withdrawals VALUES (1, 'lost')");
      soon().until(() -> violations(overseer, "open").size() == 1);
      assertThat(confirmed()).isEqualTo(before);

      server.showBucket("logs");
      awaitConfirmed();
      soon().until(() -> !incidents(overseer).contains("archive-refused"));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void an_archive_out_of_reach_holds_up_nothing_where_the_disk_counts() {
    try (S3Server server = bucket("logs")) {
      try (Overseer overseer = start("data", server, "local")) {
        awaitTailing(overseer);
      }
      server.hideBucket("logs");
      try (Overseer overseer = start("data", server, "local")) {
        payments("INSERT INTO withdrawals VALUES (1, 'lost')");
        soon().until(() -> violations(overseer, "open").size() == 1);
        soon().until(() -> incidents(overseer).contains("archive-refused"));
        awaitConfirmed();

        server.showBucket("logs");
        soon().until(() -> !incidents(overseer).contains("archive-refused"));
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void when_the_disk_alone_holds_too_much_no_more_is_taken_in_until_the_archive_is_back() {
    backlogMax = "1KiB";
    try (S3Server server = bucket("logs");
        Overseer overseer = start("data", server, "local")) {
      awaitTailing(overseer);
      server.hideBucket("logs");
      soon().until(() -> incidents(overseer).contains("source-stale"));
      long confirmed = confirmed();
      payments("INSERT INTO withdrawals VALUES (100, 'lost')");
      soon().until(() -> incidents(overseer).contains("archive-refused"));
      assertThat(violations(overseer, "open")).isEmpty();
      assertThat(confirmed()).isEqualTo(confirmed);

      server.showBucket("logs");
      soon().until(() -> violations(overseer, "open").size() == 1);
    }
  }

  private S3Server bucket(String name) {
    S3Server server = S3Server.start(directory.resolve("s3-" + tests));
    server.createBucket(name);
    return server;
  }

  private Overseer start(String machine, S3Server server, String durability) {
    String text =
        """
        dataDirectory: %s
        http: { port: 0 }
        storage:
          durability: %s
          archive:
            bucket: { name: logs, prefix: overseer, endpoint: "%s", accessKey: %s, secretKey: "${file:secret}" }
            sealAfter: 300ms
          local: { maxBytes: %s }
        sources: { payments: { type: postgres, url: "%s", slot: payments_%d, staleAfter: 3s } }
        models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
        views: { withdrawal-alone: { root: withdrawal } }
        """
            .formatted(
                directory.resolve(tests + "-" + machine),
                durability,
                server.endpoint(),
                S3Server.ACCESS_KEY,
                backlogMax,
                postgres.jdbcUrl("payments_" + tests),
                tests);
    write(directory.resolve("secret"), S3Server.SECRET);
    return Overseer.start(Configuration.parse("overseer.yaml", text, directory), List.of(CHECKS));
  }

  private static void awaitTailing(Overseer overseer) {
    soon()
        .until(
            () ->
                overseer.desk().sources().getFirst().state().equals("tailing")
                    && overseer.desk().checks().getFirst().coveredUntil().isPresent());
  }

  private static List<ViolationSummary> violations(Overseer overseer, String state) {
    return overseer.desk().violations(query(state)).items();
  }

  private static List<String> incidents(Overseer overseer) {
    return overseer.desk().incidents(query(Query.UNRESOLVED)).items().stream()
        .map(IncidentSummary::kind)
        .toList();
  }

  private static Query query(String state) {
    return new Query(Optional.of(state), Optional.empty(), 0, Query.LIMIT_MAX);
  }

  /** Those of whole transactions; others were cut off with the segment that they began in. */
  private static List<String> changes(Overseer overseer) {
    List<String> changes = new ArrayList<>();
    try (TransactionReader reader = new TransactionReader(overseer.updateLog(), LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof VisibleRecord.Transaction transaction) {
          transaction.changes().forEach(placed -> changes.add(text(placed)));
        }
      }
    }
    return changes;
  }

  private static String text(VisibleRecord.Placed placed) {
    return placed.record() instanceof LogRecord.Change change
        ? HexFormat.of().formatHex(change.raw())
        : placed.record().toString();
  }

  /** Nothing is decided any more, so it is so for good. */
  private static boolean isJournalArchived(Overseer overseer) throws Exception {
    return metric(overseer, "overseer_journal_unarchived_records") == 0;
  }

  private static double metric(Overseer overseer, String name) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(overseer.url() + "/metrics")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
          .sum();
    }
  }

  /** The slot is where the database's log now ends, or beyond. */
  private void awaitConfirmed() {
    long end = number("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
    soon().until(() -> confirmed() >= end);
  }

  private long confirmed() {
    return number(
        "SELECT confirmed_flush_lsn - '0/0'::pg_lsn FROM pg_replication_slots WHERE slot_name ="
            + " 'payments_"
            + tests
            + "'");
  }

  private long number(String query) {
    try (Connection connection = postgres.connect("payments_" + tests);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void payments(String sql) {
    try (Connection connection = postgres.connect("payments_" + tests);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
