package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.SourceStatus;
import dev.overseer.server.metrics.Scrape;
import dev.overseer.store.log.LogReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, with no source but its own that can be reached. */
class CanaryJourneyTest {
  private static final Query OF_CANARY =
      new Query(Optional.empty(), Optional.of("overseer-canary"), 0, 10);
  private static final CheckModule CHECKS =
      checks -> checks.check("withdrawal-is-small", WithdrawalAlone.class, _ -> Outcome.passed());

  @TempDir private Path directory = Path.of("");

  record Withdrawal(String id) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  @Test
  void breaks_are_found_through_every_stage_and_trouble_nobody() throws Exception {
    try (Overseer overseer = Overseer.start(configuration(), List.of(CHECKS));
        HttpClient client = HttpClient.newHttpClient()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> number(client, overseer, "overseer_canary_found_total{}") >= 2);

      assertThat(number(client, overseer, "overseer_canary_time_to_detect_seconds_count{}"))
          .isGreaterThanOrEqualTo(2);
      assertThat(number(client, overseer, "overseer_canary_silent{}")).isZero();
      assertThat(overseer.desk().violations(Query.all()).items()).isEmpty();
      assertThat(overseer.desk().violations(OF_CANARY).items()).hasSize(1);
      assertThat(overseer.desk().checks())
          .extracting(CheckStatus::name)
          .containsExactly("withdrawal-is-small");
      assertThat(overseer.desk().sources())
          .extracting(SourceStatus::name)
          .containsExactly("payments");
      assertThat(told(overseer)).isZero();
    }
  }

  @Test
  void its_name_is_nobody_else_s() {
    assertThatThrownBy(
            () ->
                Overseer.start(
                    configuration(),
                    List.of(
                        checks ->
                            checks.check(
                                "overseer-canary", WithdrawalAlone.class, _ -> Outcome.passed()))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("Overseer's own canary");
  }

  /** How often somebody was told of a violation. */
  private static long told(Overseer overseer) {
    long told = 0;
    try (LogReader<JournalEntry> reader = overseer.journal().reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof JournalEntry.Escalated escalated
            && escalated.body().contains("overseer-canary")) {
          told++;
        }
      }
    }
    return told;
  }

  private static double number(HttpClient client, Overseer overseer, String series)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(overseer.url() + "/metrics")).build();
    String text = client.send(request, BodyHandlers.ofString()).body();
    return Double.parseDouble(Scrape.of(text).value(series));
  }

  private Configuration configuration() {
    return Configuration.parse(
        "overseer.yaml",
        """
        dataDirectory: data
        http: { port: 0 }
        canary: { every: 1s }
        sources:
          payments: { type: postgres, url: "jdbc:postgresql://127.0.0.1:1/payments" }
        models:
          withdrawal: { source: payments, table: public.withdrawals, key: id }
        views:
          withdrawal-alone: { root: withdrawal }
        """,
        directory);
  }
}
