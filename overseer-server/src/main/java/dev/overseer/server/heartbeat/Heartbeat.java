package dev.overseer.server.heartbeat;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Stage;
import dev.overseer.server.configuration.EscalationSettings;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a dead man's switch while all is well, and elsewhere or nowhere while it is not: the
 * switch raises the alarm when it hears nothing, whatever the reason.
 *
 * <p>A step waits for nothing. There is one post at a time, given up when the next is due, or after
 * {@link #ANSWER_MAX}; none is repeated, for the next one says more. Addresses are read at each
 * post, and are in no message. Nothing that goes wrong here is a failure of the stage.
 */
public final class Heartbeat implements Stage, AutoCloseable {
  static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private final EscalationSettings.Heartbeat settings;
  private final Supplier<List<String>> ailments;
  private final HttpClient client;
  private final InstantSource clock;
  private final HeartbeatLog log;
  private final Duration answerMax;
  private Instant due = Instant.MIN;
  private @Nullable Post underWay;

  private record Post(CompletableFuture<HttpResponse<Void>> answer, Instant until) {}

  /**
   * @param ailments why all is not well, for people; asked once for each post, from the thread that
   *     steps
   * @throws InvalidRequest when an address is none now
   */
  public Heartbeat(
      EscalationSettings.Heartbeat settings,
      Supplier<List<String>> ailments,
      HttpClient client,
      InstantSource clock,
      HeartbeatLog log) {
    this.settings = settings;
    this.ailments = ailments;
    this.client = client;
    this.clock = clock;
    this.log = log;
    this.answerMax = settings.every().compareTo(ANSWER_MAX) < 0 ? settings.every() : ANSWER_MAX;
    address(settings.url());
    settings.failingUrl().ifPresent(Heartbeat::address);
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    Post post = underWay;
    if (post != null && (post.answer().isDone() || !now.isBefore(post.until()))) {
      end(post);
    }
    if (now.isBefore(due)) {
      return false;
    }
    due = now.plus(settings.every());
    beat(now);
    return true;
  }

  private void beat(Instant now) {
    List<String> reasons = reasons();
    Beat beat = new Beat(reasons.isEmpty() ? Beat.WELL : Beat.FAILING, now.toString(), reasons);
    Optional<Secret> to = reasons.isEmpty() ? Optional.of(settings.url()) : settings.failingUrl();
    if (to.isEmpty()) {
      log.withheld(reasons);
      return;
    }
    try {
      underWay = new Post(post(address(to.get()), beat), now.plus(answerMax));
    } catch (InvalidRequest e) {
      log.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Who cannot tell is not well. */
  private List<String> reasons() {
    try {
      return ailments.get();
    } catch (RuntimeException e) {
      return List.of("how it is cannot be told: " + e);
    }
  }

  private CompletableFuture<HttpResponse<Void>> post(URI address, Beat beat) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(answerMax)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(beat)))
            .build();
    return client.sendAsync(request, BodyHandlers.discarding());
  }

  /** An answer without an end is given up too. */
  private void end(Post post) {
    underWay = null;
    if (!post.answer().isDone()) {
      post.answer().cancel(true);
      log.failed("no answer within " + answerMax.toSeconds() + " s");
      return;
    }
    try {
      int status = post.answer().join().statusCode();
      if (status / 100 == 2) {
        log.taken();
      } else {
        log.failed("it answered " + status);
      }
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      log.failed("it cannot be reached: " + cause.getClass().getSimpleName());
    }
  }

  private static URI address(Secret secret) {
    String text = secret.reveal();
    return Optional.of(text)
        .filter(it -> it.matches("https?://[!-~]+"))
        .flatMap(Heartbeat::parse)
        .filter(it -> it.getHost() != null)
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "What %s says is no http or https address, which a heartbeat needs"
                        .formatted(secret)));
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    Post post = underWay;
    if (post != null) {
      post.answer().cancel(true);
    }
  }
}
