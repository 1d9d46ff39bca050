package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.server.clock.SteadyClock;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a machine whose clock is set back; only with {@code ./dev it --all}. */
@EnabledIfSystemProperty(named = "overseer.it", matches = "all")
class ClockFaultsIT {
  private static final CheckModule CHECKS =
      checks ->
          checks.check(
              "withdrawal-is-small",
              WithdrawalAlone.class,
              view ->
                  view.withdrawal().amount() < 1_000
                      ? Outcome.passed()
                      : Outcome.failed("too-large", "It is too large"));

  @TempDir private Path directory = Path.of("");
  private volatile Duration setBy = Duration.ZERO;
  private volatile Duration passed = Duration.ZERO;

  record Withdrawal(long id, long amount) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  @Test
  void a_clock_that_is_set_back_pauses_intake_until_it_is_put_right_or_runs_evenly() {
    try (PostgresServer postgres = PostgresServer.start()) {
      postgres.execute("CREATE TABLE withdrawals (id bigint PRIMARY KEY, amount bigint)");
      CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
      Configuration configuration = configuration(postgres.jdbcUrl("postgres"));
      LoadedChecks checks = LoadedChecks.of(List.of(CHECKS));
      CountedLives lives =
          new CountedLives(
              new Lives.Configured(configuration, checks),
              before -> Overseer.start(configuration, checks, before, clock()));
      CompletableFuture<Boolean> ended =
          CompletableFuture.supplyAsync(
              () -> new Renewal(lives, stop, InstantSource.system()).run());
      try {
        soon().until(() -> !lives.isEmpty() && isTailing(lives.last()));
        insert(postgres, 1);
        soon().until(() -> openViolations(lives.last()) == 1);

        setBy = Duration.ofHours(-1);
        soon().until(() -> incidents(lives.last(), "open").contains("own-clock-back"));
        insert(postgres, 2);
        assertThat(lives.last().desk().readiness().reasons().toString())
            .contains("The clock of Overseer's machine was set back");
        setBy = Duration.ZERO;
        soon().until(() -> openViolations(lives.last()) == 2);
        assertThat(lives.count()).isEqualTo(1);

        setBy = Duration.ofHours(-1);
        soon().until(() -> incidents(lives.last(), "open").contains("own-clock-back"));
        insert(postgres, 3);
        passed = Duration.ofSeconds(31);
        soon().until(() -> lives.count() == 2 && openViolations(lives.last()) == 3);
        assertThat(incidents(lives.last(), "open")).doesNotContain("own-clock-back");
      } finally {
        stop.complete(null);
      }
      assertThat(ended).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
    }
  }

  /** The machine's, with what was set and what passed of it. */
  private SteadyClock clock() {
    InstantSource system = InstantSource.system();
    return new SteadyClock(
        () -> system.instant().plus(setBy).plus(passed),
        () -> System.nanoTime() + passed.toNanos());
  }

  private static void insert(PostgresServer postgres, int number) {
    postgres.execute("INSERT INTO withdrawals VALUES (%d, 1000)".formatted(number));
  }

  private Configuration configuration(String url) {
    return Configuration.parse(
        "overseer.yaml",
        """
        dataDirectory: %s
        http: { port: 0 }
        storage: { segmentSize: 1MiB }
        sources: { payments: { type: postgres, url: "%s" } }
        models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
        views: { withdrawal-alone: { root: withdrawal } }
        """
            .formatted(directory.resolve("data"), url),
        directory);
  }

  private static boolean isTailing(Overseer overseer) {
    return overseer.desk().sources().stream().allMatch(it -> it.state().equals("tailing"))
        && overseer.desk().checks().getFirst().coveredUntil().isPresent();
  }

  private static long openViolations(Overseer overseer) {
    return overseer.desk().violations(all("open")).total();
  }

  private static List<String> incidents(Overseer overseer, String state) {
    return overseer.desk().incidents(all(state)).items().stream()
        .map(IncidentSummary::kind)
        .toList();
  }

  private static Query all(String state) {
    return new Query(Optional.of(state), Optional.empty(), 0, Query.LIMIT_MAX);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }
}
