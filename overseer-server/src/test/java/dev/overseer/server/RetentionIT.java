package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.reading.Question;
import dev.overseer.server.reading.RecordReading;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program, when it deletes what is older than a source's retention. That is measured in
 * the source's own time, which an offset of its clock makes ten days pass.
 */
@EnabledIfSystemProperty(named = "overseer.it", matches = "all")
class RetentionIT {
  private static final int ROWS = 12;
  private static final CheckModule CHECKS =
      checks ->
          checks.check(
              "withdrawal-is-not-lost",
              WithdrawalAlone.class,
              view ->
                  view.withdrawal().status().startsWith("lost")
                      ? Outcome.failed("lost", "It is lost")
                      : Outcome.passed());

  @TempDir private Path directory = Path.of("");

  record Withdrawal(long id, String status) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  @Test
  void superseded_changes_go_and_everything_is_told_as_before() {
    try (PostgresServer postgres = PostgresServer.start()) {
      postgres.execute("CREATE TABLE withdrawals (id bigint PRIMARY KEY, status text)");
      List<RecordReading> before = tenDaysAgo(postgres);

      try (Overseer overseer = start(postgres, "retention: 1d")) {
        soon().until(() -> isTailing(overseer));
        postgres.execute("INSERT INTO withdrawals VALUES (100, 'new')");
        soon().until(() -> deletions(overseer.journal()) > 0 && expired(overseer) >= ROWS);
        assertThat(readings(overseer)).usingRecursiveComparison().isEqualTo(before);
        assertThat(openRoots(overseer)).containsExactly("withdrawal/7");
        assertCanarySings(overseer);
      }
      assertThat(LogAudit.ofDirectory(new DataDirectory(data()), (_, _) -> {}))
          .allSatisfy(log -> assertThat(log.damage()).isEmpty())
          .anySatisfy(log -> assertThat(log.thinned()).isPositive());

      try (Overseer overseer = start(postgres, "")) {
        soon().until(() -> isTailing(overseer));
        assertThat(readings(overseer)).usingRecursiveComparison().isEqualTo(before);
        assertThat(openRoots(overseer)).containsExactly("withdrawal/7");
        assertCanarySings(overseer);
      }
    }
  }

  /** It breaks every second, is found, and heals: its own changes are in segments that go too. */
  private static void assertCanarySings(Overseer overseer) {
    Query breaks = new Query(Optional.of("healed"), Optional.of("overseer-canary"), 0, 1);
    Query silence = new Query(Optional.empty(), Optional.of("canary-silent"), 0, 1);
    soon().until(() -> overseer.desk().violations(breaks).total() > 0);
    assertThat(overseer.desk().incidents(silence).items()).isEmpty();
  }

  /** Some megabytes of updates, each of a whole row; then one that is lost, and one deleted. */
  private List<RecordReading> tenDaysAgo(PostgresServer postgres) {
    try (Overseer overseer = start(postgres, "clockOffset: -10d")) {
      soon().until(() -> isTailing(overseer));
      for (int round = 0; round < 4; round++) {
        postgres.execute(
            "INSERT INTO withdrawals SELECT i, %d || repeat('x', 100000) FROM generate_series(1, %d) i"
                    .formatted(round, ROWS)
                + " ON CONFLICT (id) DO UPDATE SET status = excluded.status");
      }
      postgres.execute(
          "UPDATE withdrawals SET status = 'lost' WHERE id = 7",
          "DELETE FROM withdrawals WHERE id = 8");
      soon().until(() -> openRoots(overseer).equals(List.of("withdrawal/7")));
      soon().until(() -> readings(overseer).get(7).state().equals("deleted"));
      return readings(overseer);
    }
  }

  private Overseer start(PostgresServer postgres, String option) {
    Configuration configuration =
        Configuration.parse(
            "overseer.yaml",
            """
            dataDirectory: %s
            http: { port: 0 }
            storage: { segmentSize: 1MiB }
            canary: { every: 1s }
            sources: { payments: { type: postgres, url: "%s", %s } }
            models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
            views: { withdrawal-alone: { root: withdrawal } }
            """
                .formatted(data(), postgres.jdbcUrl(), option),
            directory);
    return Overseer.start(configuration, List.of(CHECKS));
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static boolean isTailing(Overseer overseer) {
    return overseer.desk().sources().stream().allMatch(it -> it.state().equals("tailing"))
        && overseer.desk().readiness().ready();
  }

  private static List<RecordReading> readings(Overseer overseer) {
    return LongStream.rangeClosed(1, ROWS)
        .mapToObj(id -> Question.latest("withdrawal", String.valueOf(id)))
        .map(question -> overseer.desk().readings().record(question).record())
        .toList();
  }

  private static List<String> openRoots(Overseer overseer) {
    return overseer
        .desk()
        .violations(new Query(Optional.of("open"), Optional.empty(), 0, Query.LIMIT_MAX))
        .items()
        .stream()
        .map(ViolationSummary::root)
        .toList();
  }

  private static long deletions(ReadableLog<JournalEntry> journal) {
    return count(journal, JournalEntry.ChangesDeleted.class::isInstance);
  }

  private static long expired(Overseer overseer) {
    return count(overseer.updateLog(), LogRecord.Expired.class::isInstance);
  }

  private static <R> long count(ReadableLog<R> log, Predicate<R> wanted) {
    long count = 0;
    try (LogReader<R> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        count += wanted.test(reader.record()) ? 1 : 0;
      }
    }
    return count;
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
  }
}
