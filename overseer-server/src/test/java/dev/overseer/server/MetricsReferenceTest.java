package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.metrics.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A set-up with everything that is measured, right after its start: what it shows, what the page
 * for people says of it, and what the alerts for people ask for, are the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MetricsReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/metrics.md");
  private static final Path ALERTS = Path.of("../docs/guides/alerts.yml");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(overseer_\\w+)` \\|");
  private static final Pattern ASKED = Pattern.compile("\\b(?:overseer|process|jvm)_\\w+");
  private static final CheckModule CHECKS =
      checks -> checks.check("withdrawal-is-small", WithdrawalAlone.class, _ -> Outcome.passed());

  record Withdrawal(String id) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  private Scrape scrape = Scrape.of("");

  @BeforeAll
  void scrape(@TempDir Path directory) throws IOException, InterruptedException {
    Files.writeString(directory.resolve("key"), "a key of enough letters: 0123456789abcdef");
    Files.writeString(directory.resolve("switch"), "http://127.0.0.1:1/ping");
    try (Overseer overseer = Overseer.start(configuration(directory), List.of(CHECKS));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(overseer.url() + "/metrics")).build();
      scrape = Scrape.of(client.send(request, BodyHandlers.ofString()).body());
    }
  }

  @Test
  void everything_is_named_typed_and_labelled_by_the_conventions() {
    assertThat(
            scrape.breaches(Set.of("payments"), Set.of("withdrawal-is-small", "overseer-canary")))
        .isEmpty();
  }

  @Test
  void every_metric_is_documented_and_nothing_else() throws IOException {
    assertThat(documented()).doesNotHaveDuplicates().hasSameElementsAs(scrape.ours());
  }

  @Test
  void a_count_is_there_before_anything_was_counted() {
    assertThat(
            scrape.value(
                "overseer_verdicts_total{check=\"withdrawal-is-small\",completeness=\"complete\",outcome=\"failed\"}"))
        .isEqualTo("0.0");
  }

  @Test
  void the_alerts_ask_for_metrics_that_there_are_and_say_what_to_do() throws IOException {
    List<Map<?, ?>> alerts = alerts();

    assertThat(alerts).hasSizeGreaterThan(5);
    for (Map<?, ?> alert : alerts) {
      String name = String.valueOf(alert.get("alert"));
      assertThat(name).matches("Overseer[A-Za-z]+");
      assertThat(asked(String.valueOf(alert.get("expr"))))
          .as(name)
          .isNotEmpty()
          .isSubsetOf(scrape.names());
      assertThat(String.valueOf(alert.get("labels"))).contains("severity=");
      assertThat(String.valueOf(alert.get("annotations"))).contains("summary=", "action=");
    }
  }

  private static Set<String> asked(String expression) {
    return ASKED.matcher(expression).results().map(it -> it.group()).collect(Collectors.toSet());
  }

  private static List<String> documented() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results().map(it -> it.group(1)).toList();
  }

  private static List<Map<?, ?>> alerts() throws IOException {
    Object file = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
    return below(file, "groups").flatMap(group -> below(group, "rules")).toList();
  }

  private static Stream<Map<?, ?>> below(Object mapping, String key) {
    List<?> list = (List<?>) Objects.requireNonNull(((Map<?, ?>) mapping).get(key));
    return list.stream().map(item -> (Map<?, ?>) item);
  }

  private static Configuration configuration(Path directory) {
    return Configuration.parse(
        "overseer.yaml",
        """
        dataDirectory: data
        http: { port: 0 }
        storage: { archive: { directory: archive } }
        personalData: { masterKey: "${file:key}" }
        escalation: { heartbeat: { url: "${file:switch}" } }
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
