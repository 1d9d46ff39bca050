package dev.overseer.server.heartbeat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.EscalationSettings;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HTTP server as the dead man's switch, and a clock that is cranked by hand. */
class HeartbeatIT {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HeartbeatLog log = new HeartbeatLog();
  private final CountDownLatch answered = new CountDownLatch(1);
  @TempDir private Path directory = Path.of("");
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private volatile List<String> reasons = List.of();
  private volatile int status = 200;

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  private record Post(String path, String type, Beat beat) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.createContext("/never", exchange -> wait(exchange, false));
    server.createContext("/endless", exchange -> wait(exchange, true));
    server.start();
  }

  @AfterEach
  void stop() {
    answered.countDown();
    client.shutdownNow();
    server.stop(0);
    threads.close();
  }

  @Test
  void while_all_is_well_it_is_told_every_minute() {
    try (Heartbeat heartbeat = heartbeat(secret("/ping/4711"), Optional.empty())) {
      stepUntil(heartbeat, () -> log.takenCount() == 1);
      now = now.plus(EVERY.minusMillis(1));
      heartbeat.step();
      now = now.plusMillis(1);
      stepUntil(heartbeat, () -> log.takenCount() == 2);

      assertThat(posts)
          .containsExactly(
              new Post(
                  "/ping/4711",
                  "application/json",
                  new Beat("well", "2026-01-02T03:04:05Z", List.of())),
              new Post(
                  "/ping/4711",
                  "application/json",
                  new Beat("well", "2026-01-02T03:05:05Z", List.of())));
    }
  }

  @Test
  void while_something_is_wrong_it_is_silent() {
    try (Heartbeat heartbeat = heartbeat(secret("/ping/4711"), Optional.empty())) {
      reasons = List.of("source 'ledger' is stale");
      heartbeat.step();
      now = now.plus(EVERY);
      reasons = List.of();
      stepUntil(heartbeat, () -> log.takenCount() == 1);

      assertThat(log.withheldCount()).isEqualTo(1);
      assertThat(posts).extracting(it -> it.beat().status()).containsExactly("well");
    }
  }

  @Test
  void where_a_switch_wants_to_hear_of_failures_it_says_what_is_wrong() {
    try (Heartbeat heartbeat = heartbeat(secret("/ping"), Optional.of(secret("/ping/fail")))) {
      reasons = List.of("source 'ledger' is stale", "stage 'run' failed");
      stepUntil(heartbeat, () -> log.takenCount() == 1);

      assertThat(posts.getFirst().path()).isEqualTo("/ping/fail");
      assertThat(posts.getFirst().beat()).isEqualTo(new Beat("failing", now.toString(), reasons));
    }
  }

  @Test
  void a_refusal_is_counted_and_the_next_one_is_sent_when_it_is_due() {
    try (Heartbeat heartbeat = heartbeat(secret("/ping"), Optional.empty())) {
      status = 503;
      stepUntil(heartbeat, () -> log.failedCount() == 1);
      heartbeat.step();
      status = 204;
      now = now.plus(EVERY);
      stepUntil(heartbeat, () -> log.takenCount() == 1);

      assertThat(posts).hasSize(2);
    }
  }

  @Test
  void a_switch_that_never_answers_or_never_ends_its_answer_holds_up_nothing() {
    for (String path : List.of("/never", "/endless")) {
      try (Heartbeat heartbeat = heartbeat(secret(path), Optional.empty())) {
        long before = log.failedCount();
        heartbeat.step();
        now = now.plus(Heartbeat.ANSWER_MAX);
        heartbeat.step();

        assertThat(log.failedCount()).as(path).isEqualTo(before + 1);
      }
      now = now.plus(EVERY);
    }
  }

  @Test
  void one_that_cannot_tell_how_it_is_is_not_well() {
    try (Heartbeat heartbeat =
        new Heartbeat(
            new EscalationSettings.Heartbeat(secret("/ping"), Optional.empty(), EVERY),
            () -> {
              throw new IllegalStateException("torn");
            },
            client,
            () -> now,
            log)) {
      heartbeat.step();

      assertThat(log.withheldCount()).isEqualTo(1);
    }
  }

  @Test
  void an_address_that_changes_or_goes_is_read_at_each_post_and_never_shown() throws IOException {
    Path file = Files.writeString(directory.resolve("url"), url("/ping/secret-1") + "\n");
    Secret kept = new Secret.File(file);
    try (Heartbeat heartbeat = heartbeat(kept, Optional.empty())) {
      stepUntil(heartbeat, () -> log.takenCount() == 1);
      Files.writeString(file, url("/ping/secret-2"));
      now = now.plus(EVERY);
      stepUntil(heartbeat, () -> log.takenCount() == 2);
      Files.delete(file);
      now = now.plus(EVERY);
      heartbeat.step();

      assertThat(log.failedCount()).isEqualTo(1);
      assertThat(posts).extracting(Post::path).containsExactly("/ping/secret-1", "/ping/secret-2");
    }
    Files.writeString(file, "htp://secret-3 of mine");
    assertThatThrownBy(() -> heartbeat(kept, Optional.empty()))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("no http or https address")
        .hasMessageNotContaining("secret-3");
  }

  private Heartbeat heartbeat(Secret url, Optional<Secret> failing) {
    return new Heartbeat(
        new EscalationSettings.Heartbeat(url, failing, EVERY),
        () -> reasons,
        client,
        () -> now,
        log);
  }

  private static void stepUntil(Heartbeat heartbeat, BooleanSupplier reached) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              heartbeat.step();
              return reached.getAsBoolean();
            });
  }

  private Secret secret(String path) {
    return Secret.of(url(path));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      posts.add(
          new Post(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              Json.read(body, Beat.class)));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private void wait(HttpExchange exchange, boolean begins) throws IOException {
    try (exchange) {
      if (begins) {
        exchange.sendResponseHeaders(200, 1_000_000);
        exchange.getResponseBody().write('O');
        exchange.getResponseBody().flush();
      }
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
