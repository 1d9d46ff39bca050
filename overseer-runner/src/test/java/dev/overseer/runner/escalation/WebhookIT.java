package dev.overseer.runner.escalation;

import static dev.overseer.runner.journal.JournalSamples.START;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static dev.overseer.runner.violations.Desk.fails;
import static dev.overseer.runner.violations.Desk.passes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.overseer.runner.journal.JournalEntry.DeliveryFailed;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.violations.Desk;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real HTTP server as the receiver; it verifies what it gets as the reference says. */
class WebhookIT {
  private static final byte[] SECRET = "a shared secret".getBytes(UTF_8);
  private static final int ROOTS = 20;

  private volatile byte[] secret = SECRET;
  private final Desk desk = Desk.fresh();
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  /** How the receiver answers an attempt to deliver, counted from 1 for each delivery. */
  private volatile Answer answer = (post, attempt) -> 204;

  private interface Answer {
    int status(Post post, long attempt);
  }

  private record Post(String delivery, String timestamp, String signature, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::receive);
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
    threads.close();
  }

  @Test
  void a_receiver_can_tell_that_it_is_ours_and_read_what_happened() throws Exception {
    desk.record(fails(withdrawal("4711"), 1, "wrong-amount"));
    deliver(1);

    Post post = posts.getFirst();
    Instant sent = START.plusSeconds(100);
    assertThat(isAuthentic(post, SECRET, post.body, sent)).isTrue();
    assertThat(isAuthentic(post, SECRET, post.body + " ", sent)).isFalse();
    assertThat(isAuthentic(post, "another secret".getBytes(UTF_8), post.body, sent)).isFalse();
    assertThat(isAuthentic(post, SECRET, post.body, sent.plusSeconds(301))).isFalse();
    assertThat(post.delivery)
        .isEqualTo(
            desk.entries(Escalated.class).stream()
                .filter(owed -> owed.channel().equals("webhook"))
                .findFirst()
                .orElseThrow()
                .id()
                .hex());
    assertThat(post.body)
        .contains("\"step\":\"opened\"")
        .contains("\"check\":\"withdrawal-is-booked-once\"")
        .contains("\"root\":\"withdrawal/4711\"")
        .contains("\"code\":\"wrong-amount\"")
        .contains("\"expected\":\"1.10\"")
        .contains("\"timeToDetectSeconds\":\"99.000\"");
  }

  @Test
  void a_secret_that_is_rotated_signs_what_is_sent_from_then_on() throws Exception {
    byte[] rotated = "a new shared secret".getBytes(UTF_8);
    answer =
        (post, attempt) -> {
          secret = rotated;
          return attempt == 1 ? 503 : 200;
        };
    desk.record(fails(withdrawal("4711"), 1, "wrong-amount"));
    deliver(2);

    assertThat(isAuthentic(posts.getFirst(), SECRET)).isTrue();
    assertThat(isAuthentic(posts.getLast(), SECRET)).isFalse();
    assertThat(isAuthentic(posts.getLast(), rotated)).isTrue();
  }

  @Test
  void while_it_fails_every_other_time_everything_arrives_in_order_under_the_same_keys() {
    answer = (post, attempt) -> attempt % 2 == 1 ? 503 : 200;
    for (int i = 0; i < ROOTS; i++) {
      desk.record(
          fails(withdrawal("" + i), i, "a"),
          fails(withdrawal("" + i), i + 2, "b"),
          passes(withdrawal("" + i), i + 4));
    }
    deliver(ROOTS * 3 * 2);

    for (int i = 0; i < ROOTS; i++) {
      String root = "\"root\":\"withdrawal/" + i + "\"";
      List<Post> ofRoot = posts.stream().filter(post -> post.body.contains(root)).toList();
      assertThat(ofRoot)
          .extracting(post -> post.body.substring(0, post.body.indexOf(',')))
          .containsExactly(
              "{\"step\":\"opened\"",
              "{\"step\":\"opened\"",
              "{\"step\":\"changed\"",
              "{\"step\":\"changed\"",
              "{\"step\":\"healed\"",
              "{\"step\":\"healed\"");
      assertThat(ofRoot.stream().map(Post::delivery).distinct()).hasSize(3);
    }
  }

  @Test
  void a_receiver_that_is_not_there_is_tried_again() {
    server.stop(0);
    desk.record(fails(withdrawal("4711"), 1, "a"));

    try (Deliverer deliverer = deliverer()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                deliverer.step();
                return !desk.entries(DeliveryFailed.class).isEmpty();
              });
    }

    assertThat(desk.entries(DeliveryFailed.class).getFirst().error()).contains("ConnectException");
  }

  @Test
  void a_receiver_that_never_ends_its_answer_is_not_waited_for() {
    server.createContext("/endless", WebhookIT::answerForEver);
    desk.record(fails(withdrawal("4711"), 1, "a"));
    Escalated owed = desk.entries(Escalated.class).getFirst();
    Duration answerMax = Duration.ofMillis(200);
    WebhookChannel channel =
        new WebhookChannel("webhook", at("/endless"), () -> secret, client, desk.clock, answerMax);

    assertThat(channel.deliver(owed))
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo(
            new Channel.Attempt.Refused("no whole answer came within PT0.2S", Optional.empty()));
    // Which waits for what is under way: nothing is.
    client.close();
  }

  /** Until nobody reads any more. */
  private static void answerForEver(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    while (true) {
      body.write('.');
      body.flush();
    }
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Test
  void the_reference_shows_how_it_is_verified_here() throws IOException {
    String reference = Files.readString(Path.of("../docs/reference/violations.md"));
    String shown =
        reference.substring(reference.indexOf("```java") + 7, reference.lastIndexOf("```"));
    String source =
        Files.readString(Path.of("src/test/java/dev/overseer/runner/escalation/WebhookIT.java"));

    assertThat(source).containsIgnoringWhitespaces(shown);
  }

  private void deliver(int count) {
    try (Deliverer deliverer = deliverer()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(2))
          .until(
              () -> {
                if (!deliverer.step()) {
                  desk.clock.advance(Duration.ofMillis(100));
                }
                return posts.size() >= count && deliverer.pending() == 0;
              });
    }
    assertThat(posts).hasSize(count);
  }

  private static boolean isAuthentic(Post post, byte[] secret) throws Exception {
    Instant sent = Instant.ofEpochSecond(Long.parseLong(post.timestamp));
    return isAuthentic(post, secret, post.body, sent);
  }

  private Deliverer deliverer() {
    List<Channel> channels = new ArrayList<>();
    channels.add(new WebhookChannel("webhook", at("/hook"), () -> secret, client, desk.clock));
    channels.add(new LogChannel());
    return new Deliverer(desk.journal, new Outbox(), channels, desk.clock, new Unwatched());
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Post post =
          new Post(
              exchange.getRequestHeaders().getFirst("X-Overseer-Delivery"),
              exchange.getRequestHeaders().getFirst("X-Overseer-Timestamp"),
              exchange.getRequestHeaders().getFirst("X-Overseer-Signature"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      long attempt;
      synchronized (posts) {
        posts.add(post);
        attempt = posts.stream().filter(each -> each.delivery.equals(post.delivery)).count();
      }
      exchange.sendResponseHeaders(answer.status(post, attempt), -1);
    }
  }

  private static boolean isAuthentic(Post post, byte[] secret, String body, Instant now)
      throws GeneralSecurityException {
    return isAuthentic(secret, post.timestamp, post.signature, body.getBytes(UTF_8), now);
  }

  static boolean isAuthentic(
      byte[] secret, String timestamp, String signature, byte[] body, Instant now)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    mac.update((timestamp + ".").getBytes(UTF_8));
    String expected = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    long age = Math.abs(now.getEpochSecond() - Long.parseLong(timestamp));
    return age < 300 && MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8));
  }

  private static final class Unwatched implements DeliveryWatch {
    @Override
    public void taken(String channel) {}

    @Override
    public void givenUp(String channel, String error) {}
  }
}
