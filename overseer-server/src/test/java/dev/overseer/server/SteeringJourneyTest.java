package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.CheckRequest.Kind;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.SweepStatus;
import dev.overseer.server.desk.ViolationDetail.HistoryStep;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a log of some withdrawals, whose database cannot be reached. */
class SteeringJourneyTest {
  private static final int WITHDRAWN = 30;
  private static final String CHECK = "withdrawal-is-small";
  private static final Duration MAX = Duration.ofSeconds(30);
  private static final UUID IDENTITY = UUID.randomUUID();
  private static final long BEGUN =
      EffectiveTime.of(Instant.parse("2026-01-02T03:00:00Z")).micros();

  private final AtomicInteger judged = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicBoolean wrong = new AtomicBoolean();
  private String version = "1";
  private String settings = "";
  @TempDir private Path directory = Path.of("");

  record Withdrawal(String id) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  @BeforeEach
  void fill() {
    PgTable table = PgTable.of("payments", 1, "public.withdrawals", "id text key");
    try (SegmentedLog<LogRecord> log = log()) {
      PgLogWriter payments = new PgLogWriter("payments", log::append);
      payments.open();
      payments.mark(BEGUN);
      payments.known(table, BEGUN);
      for (int i = 1; i <= WITHDRAWN; i++) {
        payments.commit(BEGUN + i, PgLogWriter.insert(table, "w" + i));
      }
      log.sync();
    }
    hear(Duration.ofMinutes(1));
  }

  /** The source is heard so far. */
  private void hear(Duration sinceBegun) {
    try (SegmentedLog<LogRecord> log = log()) {
      new PgLogWriter("payments", log::append).mark(BEGUN + sinceBegun.toNanos() / 1_000);
      log.sync();
    }
  }

  private SegmentedLog<LogRecord> log() {
    return SegmentedLog.open(
        new DataDirectory(directory.resolve("data")).updates(),
        new UpdateLogCodec(),
        LogSettings.of("updates", IDENTITY, InstantSource.system()));
  }

  private Outcome judge() {
    if (broken.get()) {
      throw new IllegalStateException("no such luck");
    }
    judged.incrementAndGet();
    return wrong.get() ? Outcome.failed("too-large", "It is large", 1, 2) : Outcome.passed();
  }

  private Overseer start(String mode) {
    CheckModule module =
        checks ->
            checks
                .check(CHECK, WithdrawalAlone.class, _ -> judge())
                .version(version)
                .retries(1, Duration.ZERO);
    return Overseer.start(configuration(mode), List.of(module));
  }

  @Test
  void a_paused_check_is_paused_after_a_restart_and_judges_what_waited_when_it_is_activated() {
    try (Overseer overseer = start("paused")) {
      await().atMost(MAX).until(() -> status(overseer).dueButStale() == WITHDRAWN);
      assertThat(judged).hasValue(0);
    }

    try (Overseer overseer = start("paused")) {
      assertThat(status(overseer).mode()).isEqualTo("paused");
      assertThat(judged).hasValue(0);
      overseer.desk().steer(CHECK, wish(Kind.ACTIVATE));
      await().atMost(MAX).until(() -> judged.get() >= WITHDRAWN);
      overseer.desk().steer(CHECK, wish(Kind.PAUSE));
    }

    try (Overseer overseer = start("paused")) {
      assertThat(status(overseer).mode()).isEqualTo("paused");
      assertThat(status(overseer).modeReason()).contains("ann: because");
      assertThatThrownBy(() -> overseer.desk().steer(CHECK, wish(Kind.PAUSE)))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("is paused already");
      assertThatThrownBy(() -> overseer.desk().steer("withdrawal-is-smal", wish(Kind.PAUSE)))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("did you mean '" + CHECK + "'?");
    }
  }

  @Test
  void what_a_suspension_opened_stays_open_over_a_restart_and_closes_when_it_is_resumed() {
    broken.set(true);
    try (Overseer overseer = start("active")) {
      await().atMost(MAX).until(() -> status(overseer).suspended().isPresent());
    }

    try (Overseer overseer = start("active")) {
      await().atMost(MAX).until(() -> suspension(overseer).isPresent());
      assertThat(suspension(overseer).orElseThrow().subject()).isEqualTo(CHECK);
      await().atMost(MAX).until(() -> status(overseer).suspended().isPresent());
      broken.set(false);
      overseer.desk().steer(CHECK, wish(Kind.RESUME));
      await().atMost(MAX).until(() -> suspension(overseer).isEmpty());
      assertThat(status(overseer).suspended()).isEmpty();
      assertThatThrownBy(() -> overseer.desk().steer(CHECK, wish(Kind.RESUME)))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("is not suspended");
    }
  }

  @Test
  void a_sweep_goes_on_after_a_restart_until_all_that_it_triggered_is_judged() {
    try (Overseer overseer = start("active")) {
      await().atMost(MAX).until(() -> judged.get() >= WITHDRAWN);
      overseer.desk().steer(CHECK, wish(Kind.SWEEP_ALL));
      await().atMost(MAX).until(() -> sweep(overseer).lookedAt() == WITHDRAWN);
      assertThat(sweep(overseer).underWay()).isTrue();
    }
    hear(Duration.ofMinutes(2));

    try (Overseer overseer = start("active")) {
      await().atMost(MAX).until(() -> !sweep(overseer).underWay());
      assertThat(sweep(overseer).passed()).isEqualTo(WITHDRAWN);
      assertThat(sweep(overseer).wantedBy()).isEqualTo("ann: because");
      assertThatThrownBy(() -> overseer.desk().steer(CHECK, wish(Kind.STOP_SWEEP)))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("no sweep");
    }
  }

  @Test
  void a_changed_check_is_swept_by_itself_unless_that_is_switched_off() {
    try (Overseer overseer = start("active")) {
      await().atMost(MAX).until(() -> judged.get() >= WITHDRAWN);
      assertThat(status(overseer).sweep()).isEmpty();
    }
    version = "2";

    try (Overseer overseer = start("active")) {
      await().atMost(MAX).until(() -> sweep(overseer).lookedAt() == WITHDRAWN);
      assertThat(sweep(overseer).triggered()).isEqualTo(WITHDRAWN);
      assertThat(sweep(overseer).scope()).isEqualTo("unjudged");
    }
    version = "3";
    settings = "sweep: off, ";

    try (Overseer overseer = start("active")) {
      assertThat(sweep(overseer).underWay()).isFalse();
    }
  }

  @Test
  void what_opened_while_a_check_was_observed_is_told_once_when_it_is_activated() {
    wrong.set(true);
    try (Overseer overseer = start("observe")) {
      await().atMost(MAX).until(() -> open(overseer).size() == WITHDRAWN);
      assertThat(open(overseer)).allSatisfy(it -> assertThat(history(overseer, it)).hasSize(1));
      overseer.desk().steer(CHECK, wish(Kind.ACTIVATE));
      await().atMost(MAX).until(() -> open(overseer).stream().allMatch(it -> isTold(overseer, it)));
    }

    try (Overseer overseer = start("observe")) {
      await().atMost(MAX).until(() -> open(overseer).size() == WITHDRAWN);
      assertThat(open(overseer)).allSatisfy(it -> assertThat(isTold(overseer, it)).isTrue());
    }
  }

  private static List<ViolationSummary> open(Overseer overseer) {
    return overseer
        .desk()
        .violations(new Query(Optional.of("open"), Optional.empty(), 0, 100))
        .items();
  }

  private static List<HistoryStep> history(Overseer overseer, ViolationSummary violation) {
    return overseer.desk().violation(violation.id()).orElseThrow().history();
  }

  /** By one step after the one that opened it. */
  private static boolean isTold(Overseer overseer, ViolationSummary violation) {
    List<HistoryStep> history = history(overseer, violation);
    return history.size() == 2 && history.getLast().text().contains("is active now");
  }

  private static SweepStatus sweep(Overseer overseer) {
    return status(overseer).sweep().orElseThrow();
  }

  private static CheckRequest wish(Kind kind) {
    return new CheckRequest(kind, "ann", "because");
  }

  private static CheckStatus status(Overseer overseer) {
    return overseer.desk().checks().getFirst();
  }

  private static Optional<IncidentSummary> suspension(Overseer overseer) {
    Query open = new Query(Optional.of(Query.UNRESOLVED), Optional.of("check-suspended"), 0, 10);
    return overseer.desk().incidents(open).items().stream().findFirst();
  }

  private Configuration configuration(String mode) {
    return Configuration.parse(
        "overseer.yaml",
        """
        dataDirectory: data
        http: { port: 0 }
        checks: { start: beginning, %smodes: { %s: %s } }
        sources:
          payments: { type: postgres, url: "jdbc:postgresql://127.0.0.1:1/payments" }
        models:
          withdrawal: { source: payments, table: public.withdrawals, key: id }
        views:
          withdrawal-alone: { root: withdrawal }
        """
            .formatted(settings, CHECK, mode),
        directory);
  }
}
