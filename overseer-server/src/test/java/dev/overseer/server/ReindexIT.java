package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, when its index has to be made anew. */
class ReindexIT {
  private static final String MODELS_BEFORE =
      """
      models:
        withdrawal: { source: payments, table: public.withdrawals, key: id }
        entry: { source: payments, table: public.entries, key: id }
      views: { withdrawal-alone: { root: withdrawal } }
      """;
  private static final String MODELS_AFTER =
      """
      models:
        withdrawal: { source: payments, table: public.withdrawals, key: id }
        entry: { source: payments, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }
      views:
        withdrawal-booked: { root: withdrawal, join: { entries: { model: entry, by: withdrawal, many: true } } }
      """;
  private static final CheckModule CHECKS_BEFORE =
      checks -> checks.check("withdrawal-is-there", WithdrawalAlone.class, _ -> Outcome.passed());
  private static final CheckModule CHECKS_AFTER =
      checks ->
          checks.check(
              "withdrawal-is-booked",
              WithdrawalBooked.class,
              view ->
                  view.entries().size() == 1
                      ? Outcome.passed()
                      : Outcome.failed("not-booked", "It has no entry"));

  @TempDir private Path directory = Path.of("");

  record Withdrawal(long id) {}

  record Entry(long id) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  record WithdrawalBooked(Withdrawal withdrawal, List<Entry> entries) {}

  @Test
  void an_index_is_made_anew_beside_the_tailing_for_a_new_reference_and_when_it_is_damaged()
      throws Exception {
    try (PostgresServer postgres = PostgresServer.start()) {
      postgres.execute("CREATE TABLE withdrawals (id bigint PRIMARY KEY, note text)");
      postgres.execute("CREATE TABLE entries (id bigint PRIMARY KEY, withdrawal_id bigint)");
      try (Overseer before = start(postgres, MODELS_BEFORE, CHECKS_BEFORE)) {
        soon().until(() -> isTailing(before));
        postgres.execute("INSERT INTO withdrawals SELECT i, '' FROM generate_series(1, 300) i");
        postgres.execute("INSERT INTO entries SELECT i, i FROM generate_series(1, 299) i");
        soon().until(() -> before.desk().readiness().ready() && sent(before) >= 599);
      }
      Path first = generations().getFirst();

      try (Overseer after = start(postgres, MODELS_AFTER, CHECKS_AFTER)) {
        soon().until(() -> isTailing(after));
        postgres.execute("UPDATE withdrawals SET note = 'touched'");
        soon().until(() -> open(after) == 1);
        soon().until(() -> !Files.exists(first));
        assertThat(generations()).hasSize(1);
        assertThat(incidents(after)).doesNotContain("undecodable");
      }
      diesOfDamageAndGoesOn(postgres);
    }
  }

  /** Read from the disk is only what is older than this life of the server. */
  private void diesOfDamageAndGoesOn(PostgresServer postgres) throws Exception {
    CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    CountedLives lives =
        new CountedLives(
            new Lives.Configured(
                configuration(postgres, MODELS_AFTER), LoadedChecks.of(List.of(CHECKS_AFTER))));
    Renewal renewal = new Renewal(lives, stop, InstantSource.system());
    CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(renewal::run);
    try {
      soon().until(() -> !lives.isEmpty() && isTailing(lives.first()));
      damageIndex();
      postgres.execute("INSERT INTO entries VALUES (300, 300)");
      postgres.execute("DELETE FROM entries WHERE id = 7");
      soon().until(() -> lives.count() > 1 && incidents(lives.last()).contains("undecodable"));
      soon().until(() -> openRoots(lives.last()).equals(List.of("withdrawal/7")));
      soon().until(() -> lives.last().desk().readiness().ready());
      assertThat(incidents(lives.last())).doesNotContain("disk-full", "disk-failing");
    } finally {
      stop.complete(null);
    }
    assertThat(ended).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
  }

  private void damageIndex() throws IOException {
    try (Stream<Path> files = Files.list(generations().getFirst())) {
      for (Path file : files.filter(it -> it.toString().endsWith(".sst")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (byte) 0x55);
        Files.write(file, bytes);
      }
    }
  }

  private List<Path> generations() throws IOException {
    try (Stream<Path> listed = Files.list(directory.resolve("data/index"))) {
      return listed.toList();
    }
  }

  private Overseer start(PostgresServer postgres, String models, CheckModule checks) {
    return Overseer.start(configuration(postgres, models), List.of(checks));
  }

  private Configuration configuration(PostgresServer postgres, String models) {
    String text =
        """
        dataDirectory: %s
        http: { port: 0 }
        sources: { payments: { type: postgres, url: "%s" } }
        %s\
        """
            .formatted(directory.resolve("data"), postgres.jdbcUrl("postgres"), models);
    return Configuration.parse("overseer.yaml", text, directory);
  }

  private static boolean isTailing(Overseer overseer) {
    return overseer.desk().sources().stream().allMatch(it -> it.state().equals("tailing"));
  }

  private static long sent(Overseer overseer) {
    return overseer.desk().sources().getFirst().updates();
  }

  private static long open(Overseer overseer) {
    return overseer.desk().violations(all("open")).total();
  }

  private static List<String> openRoots(Overseer overseer) {
    return overseer.desk().violations(all("open")).items().stream()
        .map(ViolationSummary::root)
        .toList();
  }

  private static List<String> incidents(Overseer overseer) {
    return Stream.of("open", "healed")
        .flatMap(state -> overseer.desk().incidents(all(state)).items().stream())
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
