package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Total;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.commands.OverseerCommand;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.SourceStatus;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.json.Json;
import dev.overseer.server.loading.CompiledJar;
import dev.overseer.server.metrics.Scrape;
import dev.overseer.store.log.LogReader;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.TcpFaultProxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Two real databases, watched by the whole program. */
@TestInstance(Lifecycle.PER_CLASS)
class OverseerIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final PostgresServer postgres = PostgresServer.start();
  @TempDir private Path directory = Path.of("");
  private String name = "";

  record Withdrawal(String id, BigDecimal amount, String status) {}

  record Entry(BigDecimal amount) {}

  record WithdrawalBooking(Withdrawal withdrawal, List<Entry> entries) {}

  private static final CheckModule CHECKS =
      checks ->
          checks.check("withdrawal-is-booked-once", WithdrawalBooking.class, OverseerIT::booked);

  private static Outcome booked(WithdrawalBooking booking) {
    if (!booking.withdrawal().status().equals("completed")) {
      return Outcome.notApplicable("it is not completed");
    }
    if (booking.entries().size() != 1) {
      return Outcome.failed(
          "not-booked-once", "It is not booked once", 1, booking.entries().size());
    }
    BigDecimal booked = booking.entries().getFirst().amount();
    return booked.compareTo(booking.withdrawal().amount()) == 0
        ? Outcome.passed()
        : Outcome.failed(
            "wrong-amount", "The amounts differ", booking.withdrawal().amount(), booked);
  }

  @AfterAll
  void stop() {
    postgres.close();
  }

  /** Each test has databases, slots and a data directory of its own. */
  @BeforeEach
  void createTables(TestInfo test) {
    name = "t" + Integer.toUnsignedString(test.getDisplayName().hashCode());
    postgres.execute("CREATE DATABASE payments_" + name, "CREATE DATABASE ledger_" + name);
    payments("CREATE TABLE withdrawals (id bigint PRIMARY KEY, amount numeric, status text)");
    ledger("CREATE TABLE entries (id bigint PRIMARY KEY, withdrawal_id bigint, amount numeric)");
  }

  @Test
  void a_break_opens_a_violation_with_evidence_and_its_healing_closes_it() {
    try (Overseer overseer = start()) {
      awaitTailing(overseer);
      payments("INSERT INTO withdrawals VALUES (1, 1.10, 'completed'), (2, 5, 'completed')");
      ledger("INSERT INTO entries VALUES (10, 1, 1.1000000000000001), (20, 2, 5.00)");

      soon().until(() -> violations(overseer, "open").size() == 1);
      ViolationSummary violation = violations(overseer, "open").getFirst();
      assertThat(violation.root()).isEqualTo("withdrawal/1");
      assertThat(violation.reasons())
          .containsExactly(
              new ViolationSummary.Reason(
                  "wrong-amount", "The amounts differ", "1.10", "1.1000000000000001"));
      var detail = overseer.desk().violation(violation.id().substring(0, 8)).orElseThrow();
      assertThat(detail.evidence().orElseThrow().updates())
          .extracting(it -> it.record())
          .containsExactlyInAnyOrder("withdrawal/1", "ledger-entry/10");

      ledger("UPDATE entries SET amount = 1.10 WHERE id = 10");
      soon().until(() -> violations(overseer, "healed").size() == 1);
      assertThat(violations(overseer, Query.UNRESOLVED)).isEmpty();
      soon().until(() -> check(overseer.desk()).green());
      assertThat(overseer.vitals().areGood()).isTrue();
    }
  }

  @Test
  void nothing_is_lost_or_doubled_over_a_stop_and_a_start() {
    try (Overseer first = start()) {
      awaitTailing(first);
      payments("INSERT INTO withdrawals VALUES (1, 1, 'completed')");
      soon().until(() -> violations(first, "open").size() == 1);
    }
    soon().until(() -> connections() == 0);
    payments("INSERT INTO withdrawals VALUES (2, 2, 'completed')");
    ledger("INSERT INTO entries VALUES (10, 1, 1)");

    try (Overseer second = start()) {
      soon().until(() -> violations(second, "open").size() == 1);
      soon().until(() -> violations(second, "healed").size() == 1);
      assertThat(violations(second, "open").getFirst().root()).isEqualTo("withdrawal/2");
      assertThat(openings(second)).isEqualTo(2);
    }
  }

  @Test
  void http_shows_metrics_health_and_sources_while_it_runs() throws Exception {
    try (Overseer overseer = start();
        HttpClient client = HttpClient.newHttpClient()) {
      awaitTailing(overseer);
      payments("INSERT INTO withdrawals VALUES (1, 1, 'completed')");
      soon().until(() -> violations(overseer, "open").size() == 1);

      soon().until(() -> get(client, overseer, "/health/ready").contains("\"ready\":true"));
      String metrics = get(client, overseer, "/metrics");
      assertThat(metrics)
          .contains("overseer_source_watermark_lag_seconds{source=\"ledger\"}")
          .contains("overseer_violations_open{check=\"withdrawal-is-booked-once\"} 1")
          .contains("overseer_time_to_detect_seconds_bucket{check=\"withdrawal-is-booked-once\"")
          .contains("outcome=\"failed\"")
          .doesNotContain("withdrawal/1");
      assertThat(
              Scrape.of(metrics)
                  .breaches(
                      Set.of("payments", "ledger"),
                      Set.of("withdrawal-is-booked-once", "overseer-canary")))
          .isEmpty();
      assertThat(
              Json.readTree(get(client, overseer, "/api/v1/sources"))
                  .get(1)
                  .get("state")
                  .asString())
          .isEqualTo("tailing");
    }
  }

  @Test
  void the_command_line_asks_the_server_and_then_what_it_left() throws IOException {
    try (Overseer overseer = start()) {
      awaitTailing(overseer);
      payments("INSERT INTO withdrawals VALUES (1, 1, 'completed')");
      soon().until(() -> violations(overseer, "open").size() == 1);
      String id = violations(overseer, "open").getFirst().id();

      assertThat(command("violation", "ack", id, "--by", "ann")).contains("acknowledged now");
      assertThat(command("source", "list")).contains("tailing");
      assertThat(command("record", "get", "withdrawal/1")).contains("completed", "known");
    }
    assertThat(directory.resolve(name).resolve("server.json")).doesNotExist();
    assertThat(command("violation", "list")).contains("acknowledged", "withdrawal/1");
    assertThat(command("source", "list")).contains("ledger", "payments", "stopped");
    assertThat(command("check", "list")).contains("withdrawal-is-booked-once");
    assertThat(command("violation", "ack", "00000000")).contains("overseer run");
    assertThat(command("record", "get", "withdrawal/1")).contains("--config");
    String config = Files.writeString(directory.resolve(name + ".yaml"), yaml()).toString();
    assertThat(command("view", "get", "withdrawal-booking/1", "--config", config))
        .containsPattern("amount +1 +known")
        .contains("entries: none");
  }

  /** It would fail for whatever is not paid out yet, too. */
  private static final String CHANGED =
      """
      package sample;
      import dev.overseer.checks.*;
      public class SampleChecks implements CheckModule {
        public record Withdrawal(String id, String status) {}
        public record WithdrawalBooking(Withdrawal withdrawal) {}
        public void declare(Checks checks) {
          checks.check("withdrawal-is-booked-once", WithdrawalBooking.class, booking ->
              booking.withdrawal().status().equals("paid")
                  ? Outcome.passed()
                  : Outcome.failed("unpaid", "It is not paid"))
            .version("2");
        }
      }
      """;

  @Test
  void a_check_is_tried_on_the_past_by_the_server_and_a_changed_one_beside_it_and_after_it()
      throws IOException {
    Path config = Files.writeString(directory.resolve(name + ".yaml"), yaml());
    Path jar = directory.resolve(name + ".jar");
    CompiledJar.write(jar, CHANGED, true);
    String[] changed = {
      "backtest",
      "--check",
      "withdrawal-is-booked-once",
      "--compare",
      "live",
      "--jar",
      jar.toString(),
      "--config",
      config.toString()
    };
    try (Overseer overseer = start()) {
      awaitTailing(overseer);
      payments("INSERT INTO withdrawals VALUES (1, 1, 'completed'), (2, 2, 'pending')");
      soon().until(() -> violations(overseer, "open").size() == 1);
      soon().until(() -> check(overseer.desk()).notYetDue() == 0);

      assertThat(command("backtest", "--check", "withdrawal-is-booked-once", "--compare", "live"))
          .contains("2 of the verdicts are the same; 0 differ")
          .containsPattern("withdrawal/1 .* update, 1.\\d s before +It is not booked once");
      assertThat(command(changed)).contains("Verdicts of withdrawal-is-booked-once:");
    }
    assertThat(command(changed))
        .contains("2 with another outcome")
        .containsPattern("withdrawal/2 +.* not applicable: .* failed: It is not paid")
        .contains("Roots that would have begun to fail: 2");
  }

  @Test
  void one_data_directory_has_one_server() {
    try (Overseer _ = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("Another Overseer runs on");
    }
  }

  @Test
  void a_source_that_is_not_there_is_told_and_does_not_stop_the_others() {
    Configuration configuration =
        configuration(postgres.jdbcUrl("payments_" + name), "jdbc:postgresql://127.0.0.1:1/none");
    try (Overseer overseer = Overseer.start(configuration, List.of(CHECKS))) {
      soon().until(() -> source(overseer, "payments").state().equals("tailing"));
      soon().until(() -> source(overseer, "ledger").trouble().isPresent());

      assertThat(overseer.desk().readiness().ready()).isFalse();
      assertThat(overseer.desk().readiness().reasons().toString()).contains("ledger");
      assertThat(overseer.vitals().areGood()).isTrue();
    }
  }

  @Test
  void one_database_under_two_addresses_is_tailed_once_and_the_second_source_is_refused() {
    String other = postgres.jdbcUrl("payments_" + name).replace("127.0.0.1", "localhost");
    try (Overseer overseer =
        Overseer.start(
            configuration(postgres.jdbcUrl("payments_" + name), other), List.of(CHECKS))) {
      soon()
          .untilAsserted(
              () ->
                  assertThat(incidents(overseer))
                      .as("whichever of them came second")
                      .anySatisfy(
                          incident -> {
                            assertThat(incident.kind()).isEqualTo("source-refused");
                            assertThat(incident.text())
                                .contains("'payments'", "'ledger'", "are the same database");
                          }));
    }
  }

  @Test
  void a_check_that_names_what_a_table_does_not_have_is_an_incident_until_it_has() {
    payments("INSERT INTO withdrawals VALUES (7, 7, 'requested')");
    payments("ALTER TABLE withdrawals RENAME status TO state");
    try (Overseer overseer = start()) {
      soon().until(() -> !incidents(overseer).isEmpty());
      assertThat(incidents(overseer).getFirst().kind()).isEqualTo("check-misfit");
      assertThat(incidents(overseer).getFirst().text())
          .contains("WithdrawalBooking.withdrawal.status", "id, amount, state");

      payments("ALTER TABLE withdrawals RENAME state TO status");
      payments("INSERT INTO withdrawals VALUES (1, 1, 'completed')");
      soon().until(() -> incidents(overseer).isEmpty());
      soon().until(() -> violations(overseer, "open").size() == 1);
      assertThat(overseer.vitals().areGood()).isTrue();
    }
  }

  @Test
  void it_stops_at_once_though_a_database_does_not_answer_any_more() throws Exception {
    try (TcpFaultProxy ledger = TcpFaultProxy.to(postgres.port())) {
      String url =
          "jdbc:postgresql://127.0.0.1:%d/ledger_%s?user=postgres".formatted(ledger.port(), name);
      Overseer overseer =
          Overseer.start(configuration(postgres.jdbcUrl("payments_" + name), url), List.of(CHECKS));
      awaitTailing(overseer);
      ledger.pause();
      soon().until(() -> source(overseer, "ledger").behindMillis().orElseThrow() > 2_000);

      assertThat(CompletableFuture.runAsync(overseer::close)).succeedsWithin(Duration.ofSeconds(6));
    }
  }

  record Paid(Withdrawal withdrawal, Total paid) {}

  private static final CheckModule TOTALS =
      checks ->
          checks.check(
              "withdrawal-total",
              Paid.class,
              it ->
                  it.paid().sum().compareTo(it.withdrawal().amount()) <= 0
                      ? Outcome.passed()
                      : Outcome.failed(
                          "paid-too-much", "", it.withdrawal().amount(), it.paid().sum()));

  @Test
  void a_total_is_judged_and_shown_on_the_command_line_and_over_http() throws Exception {
    String yaml =
        yaml()
            .replace("withdrawal-booking:", "paid:")
            .replace(
                "join: { entries: { model: ledger-entry, by: withdrawal, many: true } }",
                "totals: { paid: { model: ledger-entry, by: withdrawal, sum: amount } }");
    try (Overseer overseer =
            Overseer.start(Configuration.parse("overseer.yaml", yaml, directory), List.of(TOTALS));
        HttpClient client = HttpClient.newHttpClient()) {
      awaitTailing(overseer);
      payments("INSERT INTO withdrawals VALUES (1, 3, 'completed'), (2, 1, 'completed')");
      ledger("INSERT INTO entries SELECT i, 1, 0.01 FROM generate_series(1, 300) i");
      ledger("INSERT INTO entries VALUES (1000, 1, 0.5)");

      soon().until(() -> violations(overseer, "open").size() == 1);
      ViolationSummary violation = violations(overseer, "open").getFirst();
      assertThat(violation.reasons())
          .containsExactly(new ViolationSummary.Reason("paid-too-much", "", "3", "3.5"));
      var detail = overseer.desk().violation(violation.id().substring(0, 8)).orElseThrow();
      assertThat(detail.evidence().orElseThrow().updates().getLast().record())
          .isEqualTo("ledger-entry/1000");

      ledger("UPDATE entries SET withdrawal_id = 2 WHERE id = 1000");
      soon().until(() -> violations(overseer, "healed").size() == 1);
      assertThat(command("view", "get", "paid/1"))
          .containsPattern("TOTAL +FROM +UNTIL +OF +SUM +COUNT")
          .containsPattern("paid +- +- +- +3 +300");
      assertThat(command("view", "explain", "paid/1"))
          .containsPattern("paid +- +ledger-entry/1000 +\\d+ +update");
      assertThat(get(client, overseer, "/api/v1/views/paid/2"))
          .contains("\"totals\":{\"paid\":[{", "\"sum\":\"0.5\",\"count\":1");
    }
  }

  private Overseer start() {
    return Overseer.start(
        configuration(postgres.jdbcUrl("payments_" + name), postgres.jdbcUrl("ledger_" + name)),
        List.of(CHECKS));
  }

  private Configuration configuration(String payments, String ledger) {
    return Configuration.parse("overseer.yaml", yaml(payments, ledger), directory);
  }

  private String yaml() {
    return yaml(postgres.jdbcUrl("payments_" + name), postgres.jdbcUrl("ledger_" + name));
  }

  private String yaml(String payments, String ledger) {
    return """
    dataDirectory: %s
    http: { port: 0 }
    storage: { segmentSize: 1MiB }
    sources:
      payments: { type: postgres, url: "%s", slot: payments_%s }
      ledger: { type: postgres, url: "%s", slot: ledger_%s }
    models:
      withdrawal: { source: payments, table: public.withdrawals, key: id }
      ledger-entry: { source: ledger, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }
    views:
      withdrawal-booking: { root: withdrawal, join: { entries: { model: ledger-entry, by: withdrawal, many: true } } }
    """
        .formatted(directory.resolve(name), payments, name, ledger, name);
  }

  private static void awaitTailing(Overseer overseer) {
    soon()
        .until(
            () ->
                overseer.desk().sources().stream().allMatch(it -> it.state().equals("tailing"))
                    && overseer.desk().checks().stream()
                        .allMatch(it -> it.coveredUntil().isPresent()));
  }

  private static SourceStatus source(Overseer overseer, String name) {
    return overseer.desk().sources().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static CheckStatus check(Desk desk) {
    return desk.checks().getFirst();
  }

  private static List<ViolationSummary> violations(Overseer overseer, String state) {
    return overseer
        .desk()
        .violations(new Query(Optional.of(state), Optional.empty(), 0, Query.LIMIT_MAX))
        .items();
  }

  private static List<IncidentSummary> incidents(Overseer overseer) {
    return overseer
        .desk()
        .incidents(new Query(Optional.of(Query.UNRESOLVED), Optional.empty(), 0, Query.LIMIT_MAX))
        .items();
  }

  private static long openings(Overseer overseer) {
    List<JournalEntry> moves = new ArrayList<>();
    try (LogReader<JournalEntry> reader = overseer.journal().reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof JournalEntry.Transitioned moved
            && moved.move().to().word().equals("open")) {
          moves.add(moved);
        }
      }
    }
    return moves.size();
  }

  private static String get(HttpClient client, Overseer overseer, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(overseer.url() + path)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private String command(String... words) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data-dir", directory.resolve(name).toString()));
    OverseerCommand.execute(
        new ServerProgram(),
        List.of(),
        new PrintWriter(out, true),
        new PrintWriter(out, true),
        all.toArray(String[]::new));
    return out.toString();
  }

  /** Of whoever is not this test. */
  private int connections() throws SQLException {
    String query = "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE '%" + name + "'";
    try (var connection = postgres.connect();
        var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void payments(String... sql) {
    execute("payments_" + name, sql);
  }

  private void ledger(String... sql) {
    execute("ledger_" + name, sql);
  }

  private void execute(String database, String... statements) {
    try (var connection = postgres.connect(database);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(SOON).pollInterval(Duration.ofMillis(50));
  }
}
