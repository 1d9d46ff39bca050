package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage that refuses: the log's directory is taken away, so no new segment can be begun. */
class RenewalIT {
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

  record Withdrawal(long id, long amount) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  @Test
  void when_storage_refuses_intake_pauses_and_goes_on_by_itself_without_a_loss() throws Exception {
    try (PostgresServer postgres = PostgresServer.start()) {
      postgres.execute(
          "CREATE TABLE withdrawals (id bigint PRIMARY KEY, amount bigint, note text)");
      CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
      Configuration configuration = configuration(postgres.jdbcUrl("postgres"));
      CountedLives lives =
          new CountedLives(new Lives.Configured(configuration, LoadedChecks.of(List.of(CHECKS))));
      Renewal renewal = new Renewal(lives, stop, InstantSource.system());
      CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(renewal::run);
      try {
        soon().until(() -> !lives.isEmpty() && isTailing(lives.first()));

        Path log = directory.resolve("data/updates");
        takeAway(log);
        postgres.execute(
            "INSERT INTO withdrawals SELECT i, i, repeat(md5(i::text), 40) FROM generate_series(1,"
                + " 2000) i");
        soon().until(() -> isPaused(lives.first()));
        postgres.execute("INSERT INTO withdrawals VALUES (2001, 2001, '')");
        assertThat(ended).isNotDone();
        putBack(log);

        soon().until(() -> isWell(lives.last()) && openViolations(lives.last()) == 1_002);
        assertThat(lives.last().vitals().areGood()).isTrue();
        soon().until(() -> incidents(lives.last()).contains("disk-failing"));
      } finally {
        stop.complete(null);
      }
      assertThat(ended).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
    }
  }

  private static void takeAway(Path log) throws IOException {
    Files.move(log, away(log));
    Files.writeString(log, "no directory, so that none is made in its place");
  }

  private static void putBack(Path log) throws IOException {
    Files.delete(log);
    Files.move(away(log), log);
  }

  private static Path away(Path log) {
    return log.resolveSibling("updates-away");
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
    return overseer.desk().sources().stream().allMatch(it -> it.state().equals("tailing"));
  }

  /** By the look at the disk, or by the write that was refused, whichever came first. */
  private static boolean isPaused(Overseer overseer) {
    return !isWell(overseer)
        || overseer.desk().readiness().reasons().toString().contains("nothing is taken in");
  }

  private static boolean isWell(Overseer overseer) {
    return overseer.vitals().areGood();
  }

  private static long openViolations(Overseer overseer) {
    return overseer.desk().violations(all("open")).total();
  }

  private static List<String> incidents(Overseer overseer) {
    return overseer.desk().incidents(all("healed")).items().stream()
        .map(IncidentSummary::kind)
        .toList();
  }

  private static Query all(String state) {
    return new Query(Optional.of(state), Optional.empty(), 0, Query.LIMIT_MAX);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
