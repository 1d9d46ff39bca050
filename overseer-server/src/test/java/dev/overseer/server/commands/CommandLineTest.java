package dev.overseer.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.postgres.SetupScript;
import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.HttpSettings;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.ActionRequest.Kind;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.SampleDesk;
import dev.overseer.server.http.HttpServer;
import dev.overseer.server.json.Json;
import dev.overseer.server.reading.SampleLog;
import dev.overseer.server.remote.ServerAddress;
import dev.overseer.server.sources.SourceReport;
import dev.overseer.server.sources.SourceReport.Finding;
import dev.overseer.server.sources.UntailedSource;
import dev.overseer.store.log.LogVerification.Progress;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.VerifiedLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest implements Program {
  private static final String RIGHT =
      """
      sources:
        payments:
          type: postgres
          url: "jdbc:postgresql://db/payments"
          user: watcher
          password: "${env:NO_SUCH_PASSWORD}"
      models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
      views: { withdrawal-alone: { root: withdrawal } }
      """;

  @TempDir private Path directory = Path.of("");
  private final SampleDesk running = new SampleDesk();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final HttpServer server =
      HttpServer.start(HttpSettings.onLoopback(0), running, () -> true, () -> "");
  private int openedStopped;

  @BeforeEach
  void announce() {
    new ServerAddress(server.url(), 1, Optional.empty(), Optional.empty()).write(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void violations_of_the_running_server_are_listed_in_a_table() {
    int code = run("violation", "list", "--state", "open");

    assertThat(code).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            ID        STATE  CHECK                      ROOT           OPENED                REASONS
            00112233  open   withdrawal-is-booked-once  withdrawal/42  2026-01-02T03:04:05Z  wrong-amount
            """);
    assertThat(openedStopped).isZero();
  }

  @Test
  void lists_are_json_for_machines() {
    run("violation", "list", "--state", "all", "--limit", "1", "--json");

    assertThat(Json.readTree(out.toString()).get("total").asInt()).isEqualTo(2);
    assertThat(Json.readTree(out.toString()).get("items")).hasSize(1);
  }

  @Test
  void a_backtest_is_made_by_the_running_server_and_told_with_its_differences_first() {
    int code = run("backtest", "--check", "withdrawal-is-booked-once", "--compare", "live");

    assertThat(code).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "Differences to the live run:",
            "withdrawal/42  2026-11-21T10:00:00Z  2026-11-21T10:00:01Z  passed  failed: The"
                + " amounts",
            "Would have failed:",
            "The amounts differ (expected 1.10, actual 1.1000000001)",
            "The check calls out: asked again, or live, it may have said something else.",
            "Roots that would have begun to fail: 1, of which 1 still fail at the end.",
            "It took 20 ms, and 30 ms of processor time, to read 1,000 updates (50,000/s)");
    assertThat(openedStopped).isZero();
  }

  @Test
  void a_backtest_is_json_for_machines() {
    run("backtest", "--check", "withdrawal-is-booked-once", "--json");

    assertThat(Json.readTree(out.toString()).at("/wouldHaveFailed/0/root").asString())
        .isEqualTo("withdrawal/42");
  }

  @Test
  void a_changed_jar_is_tried_with_the_configuration_that_defines_its_views() {
    int code = run("backtest", "--check", "withdrawal-is-booked-once", "--jar", "changed.jar");

    assertThat(code).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("--jar needs --config");
  }

  @Test
  void the_coverage_of_one_check_is_told_in_full() {
    run("check", "coverage", "withdrawal-is-booked-once");

    assertThat(out.toString())
        .contains("withdrawal-is-booked-once is")
        .contains("covered up to   2026-01-02T03:04:05Z (2.5 s behind)")
        .contains("active since 2026-01-02T03:04:05Z")
        .contains("triggers from   the beginning")
        .contains(
            "sweep           under way, looked at 1,200 of 50,000 records, 1,000 roots to be"
                + " judged: 990 passed, 3 failed, 0 undecided");
  }

  @Test
  void a_sweep_that_is_under_way_is_told_of_and_no_other_begins() {
    assertThat(run("check", "sweep", "withdrawal-is-booked-once")).isZero();

    assertThat(out.toString()).contains("sweep under way, looked at 1,200 of 50,000 records");
    assertThat(running.wishes).isEmpty();
  }

  @Test
  void a_sweep_is_stopped_by_somebody_for_a_reason() {
    run(
        "check",
        "sweep",
        "withdrawal-is-booked-once",
        "--stop",
        "--by",
        "ann",
        "--reason",
        "not now");

    assertThat(running.wishes)
        .containsExactly(new CheckRequest(CheckRequest.Kind.STOP_SWEEP, "ann", "not now"));
    assertThat(run("check", "sweep", "withdrawal-is-booked-once", "--stop", "--all"))
        .isEqualTo(ExitCode.INVALID);
  }

  @Test
  void a_sweep_is_begun_of_a_check_that_has_none() {
    running.isSwept = false;

    assertThat(run("check", "sweep", "withdrawal-is-booked-once", "--all", "--by", "ann")).isZero();

    assertThat(running.wishes)
        .containsExactly(new CheckRequest(CheckRequest.Kind.SWEEP_ALL, "ann", ""));
  }

  @Test
  void there_is_no_coverage_of_a_check_that_there_is_not() {
    assertThat(run("check", "coverage", "unheard-of")).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void an_empty_list_says_what_there_is_none_of() {
    run("violation", "list");

    assertThat(out.toString()).isEqualToNormalizingNewlines("No unresolved violations.\n");
  }

  @Test
  void one_violation_is_shown_with_its_evidence_and_history() {
    run("violation", "show", "0011");

    assertThat(out.toString())
        .contains("The amounts differ (wrong-amount): expected 1.10, found 1.1000000000000001")
        .contains("payments:1/1@0/10#0")
        .contains("ledger was at 0/16B3748")
        .contains("the data  it opens");
  }

  @Test
  void a_person_acts_through_the_running_server() {
    run("violation", "resolve", "0011", "--reason", "booked by hand", "--by", "ann");
    run("violation", "snooze", "0011", "--for", "2h", "--by", "ann", "--reason", "at lunch");
    run("violation", "ack", "0011", "--by", "ann", "--reason", "asked the bank");
    run("violation", "ack", "0011", "--by", "ann");
    run("violation", "accept", "0011", "--by", "ann", "--reason", "agreed");

    assertThat(running.actions)
        .containsExactly(
            action(Kind.RESOLVE, Optional.of("booked by hand"), Optional.empty()),
            action(Kind.SNOOZE, Optional.of("at lunch"), Optional.of(120L)),
            action(Kind.ACKNOWLEDGE, Optional.of("asked the bank"), Optional.empty()),
            action(Kind.ACKNOWLEDGE, Optional.empty(), Optional.empty()),
            action(Kind.ACCEPT, Optional.of("agreed"), Optional.empty()));
    assertThat(out.toString()).contains("withdrawal/42 is acknowledged now.");
  }

  @Test
  void a_check_is_steered_through_the_running_server() {
    String check = "withdrawal-is-booked-once";
    run("check", "pause", check, "--reason", "the ledger moves", "--by", "ann");
    run("check", "observe", check, "--reason", "let us see", "--by", "ann");
    run("check", "activate", check, "--reason", "it was right", "--by", "ann");
    run("check", "resume", check, "--by", "ann");

    assertThat(running.wishes)
        .containsExactly(
            new CheckRequest(CheckRequest.Kind.PAUSE, "ann", "the ledger moves"),
            new CheckRequest(CheckRequest.Kind.OBSERVE, "ann", "let us see"),
            new CheckRequest(CheckRequest.Kind.ACTIVATE, "ann", "it was right"),
            new CheckRequest(CheckRequest.Kind.RESUME, "ann", ""));
    assertThat(out.toString()).contains("withdrawal-is-booked-once is pause now.");
    assertThat(openedStopped).isZero();
  }

  @Test
  void a_check_is_not_steered_without_a_reason_nor_one_that_there_is_not() {
    assertThat(run("check", "pause", "withdrawal-is-booked-once")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("Give a reason");
    assertThat(run("check", "observe", "unheard-of", "--reason", "x")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("There is no check 'unheard-of'");
    assertThat(run("check", "pause")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("CHECK");
    assertThat(running.wishes).isEmpty();
  }

  @Test
  void sources_checks_and_incidents_are_listed() {
    run("source", "list");
    run("check", "list");
    run("incident", "list");

    assertThat(out.toString())
        .containsPattern("ledger +streaming +2026-01-02T03:04:05Z +1.5 s +12345 +-")
        .containsPattern("withdrawal-is-booked-once +active +no +2026-01-02T03:04:05Z +2.5 s +2 ")
        .containsPattern("open +source-stale +ledger ");
  }

  @Test
  void a_server_that_does_not_answer_is_read_from_its_directory() {
    server.close();

    int code = run("source", "list");

    assertThat(code).isZero();
    assertThat(openedStopped).isEqualTo(1);
    assertThat(err.toString()).contains("does not answer");
  }

  @Test
  void exit_codes_tell_what_to_do() {
    assertThat(run("violation", "show", "77")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("There is no violation 77");
    assertThat(run("violation", "resolve", "0011")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("--reason");
    assertThat(run("source", "lsit")).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void a_wrong_configuration_is_reported_and_a_right_one_summed_up() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "sauces: {}\n");
    Path right = Files.writeString(directory.resolve("right.yaml"), RIGHT);

    assertThat(run("config", "check", "--config", wrong.toString())).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("wrong.yaml:1:1").contains("did you mean: sources");
    assertThat(run("config", "check", "--config", right.toString())).isZero();
    assertThat(out.toString()).contains("1 sources, 1 models, 1 views, 7 checks");
  }

  @Test
  void sources_are_examined_and_what_is_missing_is_told_with_its_remedy_and_an_exit_code()
      throws IOException {
    String config = Files.writeString(directory.resolve("right.yaml"), RIGHT).toString();

    assertThat(run("source", "test", "--config", config)).isEqualTo(ExitCode.INVALID);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            SOURCE    STANDING  WHAT                    FOUND
            payments  met       reachable               jdbc:postgresql://db/payments
            payments  missing   wal_level               replica
            payments  advised   max_slot_wal_keep_size  no limit
            Missing in 'payments', without which it is not tailed:
              ALTER SYSTEM SET wal_level = 'logical';
            Advised for 'payments':
              ALTER SYSTEM SET max_slot_wal_keep_size = '20GB';
            """);
    out.getBuffer().setLength(0);
    run("source", "test", "payments", "--json", "--config", config);
    assertThat(
            Json.readTree(out.toString()).get(0).get("findings").get(1).get("standing").asString())
        .isEqualTo("missing");
    assertThat(run("source", "test", "ledger", "--config", config)).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("No source is named 'ledger'");
  }

  @Test
  void the_sql_that_prepares_a_source_is_printed_and_needs_no_secret() throws IOException {
    String config = Files.writeString(directory.resolve("right.yaml"), RIGHT).toString();

    assertThat(run("source", "setup", "--config", config)).isZero();
    assertThat(out.toString())
        .contains("CREATE ROLE \"watcher\" LOGIN REPLICATION;")
        .contains("GRANT SELECT ON TABLE \"public\".\"withdrawals\" TO \"watcher\";")
        .contains("CREATE PUBLICATION \"overseer_payments\"")
        .doesNotContain("pg_logical_emit_message");
    run("source", "setup", "payments", "--heartbeat", "--config", config);
    assertThat(out.toString()).contains("pg_logical_emit_message");
  }

  @Test
  void a_record_is_shown_with_where_its_values_come_from_and_what_that_rests_on() {
    assertThat(run("record", "get", "withdrawal/42", "--as-of", "covered")).isZero();

    assertThat(out.toString())
        .contains("withdrawal/42 is present")
        .containsPattern("amount +1.10 +known +\\d+")
        .containsPattern("note +a long note +carried +\\d+")
        .containsPattern("\\d+ +insert +2026-01-02T03:00:00.000100Z")
        .contains("Source 'payments' was heard up to 2026-01-02T03:00:00.001Z, at 0/")
        .contains("Final: nothing can change it any more.");
    run("record", "get", "withdrawal", "--key", "id=42");
    assertThat(out.toString()).contains("Provisional: it is the latest");
  }

  @Test
  void what_changed_in_a_record_is_told_update_by_update_and_between_two_times() {
    run("record", "history", "withdrawal/42", "--limit", "1");
    assertThat(out.toString())
        .contains("  status: requested -> completed", "1 to 1 of 2 updates")
        .doesNotContain("amount");
    out.getBuffer().setLength(0);

    run("record", "diff", "withdrawal/42", "--from", SampleLog.time(100));
    assertThat(out.toString())
        .containsPattern("status +requested +completed")
        .doesNotContain("amount");
    run("record", "raw", "withdrawal/42", "--limit", "1");
    assertThat(out.toString()).contains("pgoutput, read by the schema at", "000000  55");
  }

  @Test
  void a_position_of_a_source_is_a_time_and_says_which() {
    assertThat(run("record", "get", "withdrawal/42", "--as-of", "payments@0/44E")).isZero();
    run("record", "diff", "withdrawal/42", "--from", "payments@0/44D", "--to", "payments@0/4B1");

    assertThat(out.toString())
        .contains("As of 2026-01-02T03:00:00.000100Z, known at offset")
        .contains(
            "the time of fixture/1@0/44D, the last transaction of source 'payments' at or before"
                + " 0/44E")
        .containsPattern("status +requested +completed");
  }

  @Test
  void a_view_is_explained_by_the_references_that_led_to_its_members() {
    run("view", "explain", "withdrawal-booking/42");
    assertThat(out.toString())
        .contains("root withdrawal/42 is present", "entries ledger-entry/7 is present")
        .containsPattern(
            "because ledger-entry/7 refers to withdrawal/42 as its 'withdrawal', by withdrawal_id"
                + " of update \\d+");
    out.getBuffer().setLength(0);

    run("view", "get", "withdrawal-booking/42", "--json");
    assertThat(
            Json.readTree(out.toString()).at("/members/entries/0/columns/amount/value").asString())
        .isEqualTo("1.1000000000000001");
  }

  @Test
  void what_cannot_be_read_is_told_with_what_to_do_next() {
    assertThat(run("record", "get", "withdrawl/42")).isEqualTo(ExitCode.INVALID);
    assertThat(run("record", "get", "withdrawal")).isEqualTo(ExitCode.INVALID);
    assertThat(run("record", "get", "withdrawal/4/2 %")).isEqualTo(ExitCode.INVALID);
    assertThat(run("record", "get", "withdrawal/42", "--as-of", "noon"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(err.toString())
        .contains("did you mean 'withdrawal'?")
        .contains("withdrawal/KEY, or withdrawal --key COLUMN=VALUE")
        .contains("No update of withdrawal/4/2 % was ever stored")
        .contains("'noon' is no time");
  }

  @Test
  void help_names_every_command_and_exit_code() {
    run("--help");

    assertThat(out.toString())
        .contains("run", "violation", "incident", "source", "check", "config", "version")
        .contains("Exit codes:", "Examples:", "something does not answer");
  }

  @Test
  void commands_of_other_modules_appear_beside_ours() {
    assertThat(run("sample")).isEqualTo(42);
  }

  private int run(String... words) {
    String[] all = words;
    boolean isOffline = List.of("test", "setup").contains(words[words.length == 1 ? 0 : 1]);
    if (!isOffline
        && List.of("violation", "source", "check", "incident", "record", "view", "backtest")
            .contains(words[0])) {
      all = Arrays.copyOf(words, words.length + 2);
      all[words.length] = "--data-dir";
      all[words.length + 1] = directory.toString();
    }
    return OverseerCommand.execute(
        this,
        List.of(new SampleCommand()),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        all);
  }

  private static ActionRequest action(Kind kind, Optional<String> reason, Optional<Long> minutes) {
    return new ActionRequest(kind, "ann", reason, minutes);
  }

  @Override
  public int run(Configuration configuration) {
    throw new InvalidRequest("Not in this test");
  }

  @Override
  public int checkChecks(Configuration configuration) {
    return 7;
  }

  @Override
  public SourceReport examine(Configuration configuration, SourceSettings source) {
    return new SourceReport(
        source.name().value(),
        false,
        List.of(
            new Finding("reachable", "met", source.url(), Optional.empty()),
            new Finding(
                "wal_level",
                "missing",
                "replica",
                Optional.of("ALTER SYSTEM SET wal_level = 'logical';")),
            new Finding(
                "max_slot_wal_keep_size",
                "advised",
                "no limit",
                Optional.of("ALTER SYSTEM SET max_slot_wal_keep_size = '20GB';"))));
  }

  @Override
  public SetupScript setup(Configuration configuration, SourceSettings source) {
    return new UntailedSource(source, configuration.definitions()).setup();
  }

  @Override
  public List<VerifiedLog> verify(Path dataDirectory, Progress progress) {
    return List.of();
  }

  @Override
  public List<VerifiedLog> verifyArchive(Configuration configuration, Progress progress) {
    return List.of();
  }

  @Override
  public Path updates(Path dataDirectory) {
    return dataDirectory.resolve("updates");
  }

  @Override
  public RemoteSegments archivedUpdates(Configuration configuration) {
    return RemoteSegments.NONE;
  }

  @Override
  public OpenBacktests openBacktests(Path dataDirectory, Configuration configuration, Path jar) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OpenDesk openStopped(Path dataDirectory, Optional<Configuration> configuration) {
    openedStopped++;
    return new OpenDesk(new SampleDesk(), () -> {});
  }
}
