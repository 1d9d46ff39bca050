package dev.overseer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.HttpSettings;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.ActionRequest.Kind;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.SampleDesk;
import dev.overseer.server.json.Json;
import dev.overseer.server.reading.SampleLog;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HttpServerTest {
  private final SampleDesk desk = new SampleDesk();
  private final HttpClient client = HttpClient.newHttpClient();
  private boolean alive = true;
  private HttpServer server = start(HttpSettings.onLoopback(0));

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void it_answers_while_checks_spin() throws Exception {
    AtomicBoolean spinning = new AtomicBoolean(true);
    List<Thread> checks =
        IntStream.range(0, 4 * Runtime.getRuntime().availableProcessors())
            .mapToObj(
                _ ->
                    Thread.startVirtualThread(
                        () -> {
                          while (spinning.get()) {
                            Thread.onSpinWait();
                          }
                        }))
            .toList();
    try {
      assertThat(client.sendAsync(request("/health/live").build(), BodyHandlers.ofString()))
          .succeedsWithin(Duration.ofSeconds(30))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
    } finally {
      spinning.set(false);
      for (Thread check : checks) {
        check.join();
      }
    }
  }

  @Test
  void a_backtest_is_begun_looked_at_and_cancelled() throws Exception {
    HttpRequest begin =
        request("/api/v1/backtests")
            .POST(BodyPublishers.ofString("{\"check\": \"sample\", \"compare\": \"live\"}"))
            .build();

    JsonNode begun = json(client.send(begin, BodyHandlers.ofString()));
    JsonNode done = json(get("/api/v1/backtests/1"));
    JsonNode cancelled =
        json(client.send(request("/api/v1/backtests/1").DELETE().build(), BodyHandlers.ofString()));

    assertThat(begun.get("state").asString()).isEqualTo("running");
    assertThat(done.at("/result/wouldHaveFailed/0/cut").asString())
        .isEqualTo("2026-11-21T10:00:01Z");
    assertThat(cancelled.get("state").asString()).isEqualTo("cancelled");
    assertThat(get("/api/v1/backtests/7").statusCode()).isEqualTo(404);
  }

  @Test
  void a_sweep_is_asked_for_and_stopped() throws Exception {
    for (String action : List.of("sweep", "sweep-all", "stop-sweep")) {
      HttpRequest request =
          request("/api/v1/checks/withdrawal-is-booked-once/" + action)
              .POST(BodyPublishers.ofString("{\"by\": \"ann\"}"))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    assertThat(desk.wishes)
        .extracting(CheckRequest::kind)
        .containsExactly(
            CheckRequest.Kind.SWEEP, CheckRequest.Kind.SWEEP_ALL, CheckRequest.Kind.STOP_SWEEP);
  }

  @Test
  void violations_are_filtered_and_paged() throws Exception {
    JsonNode open = json(get("/api/v1/violations?state=open&check=withdrawal-is-booked-once"));
    JsonNode second = json(get("/api/v1/violations?offset=1&limit=1"));

    assertThat(open.get("total").asInt()).isEqualTo(1);
    assertThat(open.at("/items/0/root").asString()).isEqualTo("withdrawal/42");
    assertThat(open.at("/items/0/changedAt").asString()).isEqualTo("2026-01-02T03:04:05.000006Z");
    assertThat(second.get("total").asInt()).isEqualTo(2);
    assertThat(second.at("/items/0/state").asString()).isEqualTo("healed");
    assertThat(second.get("items")).hasSize(1);
  }

  @Test
  void a_page_that_cannot_be_is_refused_with_what_can() throws Exception {
    HttpResponse<String> response = get("/api/v1/violations?limit=0");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error").asString()).contains("1 to 1000 rows");
    assertThat(get("/api/v1/violations?limit=x").statusCode()).isEqualTo(400);
  }

  @Test
  void a_violation_shows_its_evidence_with_values_exactly_as_they_are() throws Exception {
    JsonNode detail = json(get("/api/v1/violations/" + SampleDesk.ID));

    assertThat(detail.at("/summary/reasons/0/expected").asString()).isEqualTo("1.10");
    assertThat(detail.at("/summary/reasons/0/actual").asString()).isEqualTo("1.1000000000000001");
    assertThat(detail.at("/evidence/updates/0/offset").asLong()).isEqualTo(7);
  }

  @Test
  void what_is_not_there_is_said_to_be_so() throws Exception {
    assertThat(get("/api/v1/violations/1234").statusCode()).isEqualTo(404);
    assertThat(json(get("/api/v1/violations/1234")).get("error").asString())
        .isEqualTo("There is no violation 1234");
    assertThat(json(get("/nowhere")).get("error").asString())
        .isEqualTo("There is nothing at /nowhere");
  }

  @Test
  void people_act_on_violations() throws Exception {
    HttpResponse<String> done =
        post("/resolve", "{\"by\": \"ann\", \"reason\": \"booked by hand\"}");
    HttpResponse<String> noted =
        post("/acknowledge", "{\"by\": \"ann\", \"reason\": \"asked the bank\"}");
    HttpResponse<String> noReason = post("/accept", "{\"by\": \"ann\"}");
    HttpResponse<String> unknown = post("/forget", "{\"by\": \"ann\"}");
    HttpResponse<String> mistyped = post("/resolve", "{\"raeson\": \"x\"}");

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(noted.statusCode()).isEqualTo(200);
    assertThat(desk.actions)
        .containsExactly(
            new ActionRequest(Kind.RESOLVE, "ann", Optional.of("booked by hand"), Optional.empty()),
            new ActionRequest(
                Kind.ACKNOWLEDGE, "ann", Optional.of("asked the bank"), Optional.empty()));
    assertThat(noReason.statusCode()).isEqualTo(400);
    assertThat(noReason.body()).contains("Give a reason");
    assertThat(unknown.body()).contains("acknowledge, snooze, accept, resolve");
    assertThat(mistyped.statusCode()).isEqualTo(400);
  }

  @Test
  void people_steer_checks() throws Exception {
    HttpResponse<String> paused =
        steer("withdrawal-is-booked-once/pause", "{\"by\": \"ann\", \"reason\": \"it moves\"}");
    steer("withdrawal-is-booked-once/observe", "{\"by\": \"ann\", \"reason\": \"let us see\"}");
    steer("withdrawal-is-booked-once/activate", "{\"by\": \"ann\", \"reason\": \"right\"}");
    steer("withdrawal-is-booked-once/resume", "{\"by\": \"ann\"}");

    assertThat(paused.statusCode()).isEqualTo(200);
    assertThat(json(paused).get("mode").asString()).isEqualTo("pause");
    assertThat(json(paused).get("modeReason").asString()).isEqualTo("ann: it moves");
    assertThat(desk.wishes)
        .containsExactly(
            new CheckRequest(CheckRequest.Kind.PAUSE, "ann", "it moves"),
            new CheckRequest(CheckRequest.Kind.OBSERVE, "ann", "let us see"),
            new CheckRequest(CheckRequest.Kind.ACTIVATE, "ann", "right"),
            new CheckRequest(CheckRequest.Kind.RESUME, "ann", ""));
  }

  @Test
  void a_wish_that_cannot_be_carried_out_is_refused_with_what_can() throws Exception {
    String check = "withdrawal-is-booked-once";
    String good = "{\"by\": \"ann\", \"reason\": \"x\"}";

    assertThat(steer("unheard-of/pause", good).body()).contains("no check 'unheard-of'");
    assertThat(steer(check + "/forget", good).body())
        .contains("Nobody can forget a check", "pause, observe, activate, resume");
    assertThat(steer(check + "/pause", "{\"by\": \"ann\"}").body()).contains("Give a reason");
    assertThat(steer(check + "/resume", "{\"by\": \" \"}").body()).contains("Say who wants it");
    assertThat(steer(check + "/pause", "{\"raeson\": \"x\"}").body()).contains("raeson");
    assertThat(steer(check + "/pause", "paused").statusCode()).isEqualTo(400);
    assertThat(steer(check + "/pause", "").statusCode()).isEqualTo(400);
    assertThat(steer(check + "/pause", "{\"reason\": \"" + "x".repeat(2001) + "\"}").statusCode())
        .isEqualTo(400);
    assertThat(desk.wishes).isEmpty();
  }

  @Test
  void sources_checks_incidents_and_metrics_are_served() throws Exception {
    assertThat(json(get("/api/v1/sources")).at("/0/name").asString()).isEqualTo("ledger");
    assertThat(json(get("/api/v1/checks")).at("/0/notYetDue").asInt()).isEqualTo(3);
    assertThat(json(get("/api/v1/checks")).at("/0/sweep/lookedAt").asInt()).isEqualTo(1200);
    assertThat(json(get("/api/v1/incidents")).at("/items/0/kind").asString())
        .isEqualTo("source-stale");
    assertThat(get("/metrics").body()).isEqualTo("overseer_up 1\n");
  }

  @Test
  void records_and_views_are_read_as_of_any_time_with_decimals_as_text() throws Exception {
    JsonNode requested =
        json(get("/api/v1/records/withdrawal/42?asOf=" + SampleLog.time(299) + "&knownAt=11"));
    JsonNode byPosition = json(get("/api/v1/records/withdrawal/42?asOf=payments@0/44E"));
    JsonNode view = json(get("/api/v1/views/withdrawal-booking/42/explain?asOf=covered"));

    assertThat(byPosition.at("/standing/position/transaction").asString())
        .isEqualTo("fixture/1@0/44D");

    assertThat(requested.at("/record/columns/status/value").asString()).isEqualTo("requested");
    assertThat(requested.at("/record/columns/amount/value").isString()).isTrue();
    assertThat(requested.at("/standing/knownAt").asInt()).isEqualTo(11);
    assertThat(view.at("/reading/members/entries/0/columns/amount/value").asString())
        .isEqualTo("1.1000000000000001");
    assertThat(view.at("/links/0/holder").asString()).isEqualTo("ledger-entry/7");
    assertThat(json(get("/api/v1/records/withdrawal/42/history?limit=1")).get("items")).hasSize(1);
    assertThat(json(get("/api/v1/records/withdrawal/-/raw?key=id=42")).get("total").asInt())
        .isEqualTo(2);
  }

  @Test
  void a_view_is_protobuf_for_whoever_would_have_that_and_its_descriptor_is_beside_it()
      throws Exception {
    HttpRequest request =
        request("/api/v1/views/withdrawal-booking/42")
            .header("Accept", "application/x-protobuf")
            .build();
    HttpResponse<byte[]> message = client.send(request, BodyHandlers.ofByteArray());
    HttpRequest descriptor = request("/api/v1/views/withdrawal-booking/descriptor").build();

    assertThat(message.headers().firstValue("Content-Type")).contains("application/x-protobuf");
    assertThat(new String(message.body(), StandardCharsets.UTF_8)).contains("1.1000000000000001");
    assertThat(client.send(descriptor, BodyHandlers.ofString()).body())
        .contains("WithdrawalBookingReading", "overseer/reading.proto");
    assertThat(get("/api/v1/views/withdrawal-booking/42/descriptor").statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/records/withdrawal/descriptor").statusCode()).isEqualTo(200);
  }

  @Test
  void what_was_never_stored_is_not_found_and_what_cannot_be_asked_is_refused() throws Exception {
    assertThat(get("/api/v1/records/withdrawal/43").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/records/withdrawl/42").body()).contains("did you mean 'withdrawal'?");
    assertThat(get("/api/v1/records/withdrawal/-?text=a%2Fb").body()).contains("withdrawal/a/b");
    assertThat(get("/api/v1/records/withdrawal/42?asOf=noon").statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/records/withdrawal/42/history?limit=1001").statusCode()).isEqualTo(400);
  }

  @Test
  void health_says_why_it_is_not_ready() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    desk.whyNotReady = List.of("source ledger is stale");
    alive = false;

    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body())
        .isEqualTo("{\"ready\":false,\"reasons\":[\"source ledger is stale\"]}");
    assertThat(get("/health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void a_host_name_that_is_not_of_this_machine_is_refused() throws Exception {
    assertThat(statusForHost("attacker.example:" + server.port())).startsWith("HTTP/1.1 421");
    assertThat(statusForHost("localhost:" + server.port())).startsWith("HTTP/1.1 200");
  }

  @Test
  void another_web_page_is_refused() throws Exception {
    HttpRequest foreign =
        request("/api/v1/violations").header("Origin", "https://attacker.example").build();
    HttpRequest own =
        request("/api/v1/violations").header("Origin", "http://localhost:9000").build();

    assertThat(client.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(client.send(own, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void with_a_token_configured_all_but_probes_must_know_it() throws Exception {
    desk.whyNotReady = List.of("source ledger is stale");
    server.close();
    server =
        start(new HttpSettings("127.0.0.1", 0, Optional.of(Secret.of("sesame")), Optional.empty()));
    HttpRequest right = request("/api/v1/checks").header("Authorization", "Bearer sesame").build();
    HttpRequest wrong = request("/api/v1/checks").header("Authorization", "Bearer sesam").build();

    assertThat(client.send(right, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(client.send(wrong, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(get("/metrics").statusCode()).isEqualTo(401);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).isEqualTo("{\"ready\":false}");
  }

  @Test
  void a_taken_port_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> start(HttpSettings.onLoopback(server.port())))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("http.port");
  }

  private HttpServer start(HttpSettings settings) {
    return HttpServer.start(settings, desk, () -> alive, () -> "overseer_up 1\n");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String action, String body)
      throws IOException, InterruptedException {
    return postTo("/api/v1/violations/" + SampleDesk.ID + action, body);
  }

  private HttpResponse<String> steer(String path, String body)
      throws IOException, InterruptedException {
    return postTo("/api/v1/checks/" + path, body);
  }

  private HttpResponse<String> postTo(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request = request(path).POST(BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.readTree(response.body());
  }

  /** By hand, since clients do not let one lie about the host. */
  private String statusForHost(String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request =
          "GET /api/v1/checks HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
