package dev.overseer.runner.escalation;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.InvariantViolated;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts JSON to somebody's endpoint. Any answer but 2xx is a refusal, and so is one that has not
 * come whole, with its body, within {@link #ANSWER_MAX}. The signature covers the timestamp, so
 * that a receiver can refuse what somebody recorded and sent again.
 */
public final class WebhookChannel implements Channel {
  static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final String HMAC = "HmacSHA256";

  private final String name;
  private final URI url;
  private final Supplier<byte[]> secret;
  private final HttpClient client;
  private final InstantSource clock;
  private final Duration answerMax;

  /**
   * @param secret shared with the receiver, never sent or shown; read here and at each attempt, so
   *     that it can be rotated: while it cannot be read, attempts fail and are repeated
   * @param clock for the timestamp in the signature
   * @throws InvalidRequest when there is no secret now
   */
  public WebhookChannel(
      String name, URI url, Supplier<byte[]> secret, HttpClient client, InstantSource clock) {
    this(name, url, secret, client, clock, ANSWER_MAX);
  }

  WebhookChannel(
      String name,
      URI url,
      Supplier<byte[]> secret,
      HttpClient client,
      InstantSource clock,
      Duration answerMax) {
    this.name = name;
    this.url = url;
    this.secret = secret;
    this.client = client;
    this.clock = clock;
    this.answerMax = answerMax;
    key();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletableFuture<Attempt> deliver(Escalated delivery) {
    try {
      return post(delivery, key());
    } catch (InvalidRequest e) {
      return CompletableFuture.completedFuture(new Attempt.Refused(inWords(e), none()));
    }
  }

  private SecretKeySpec key() {
    byte[] bytes = secret.get();
    if (bytes.length == 0) {
      throw new InvalidRequest("Webhook '" + name + "' needs a secret that is not empty");
    }
    return new SecretKeySpec(bytes, HMAC);
  }

  private CompletableFuture<Attempt> post(Escalated delivery, SecretKeySpec key) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("X-Overseer-Delivery", delivery.id().hex())
            .header("X-Overseer-Timestamp", timestamp)
            .header(
                "X-Overseer-Signature", "sha256=" + sign(timestamp + "." + delivery.body(), key))
            .POST(BodyPublishers.ofString(delivery.body()))
            .build();
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, BodyHandlers.discarding());
    return exchange
        .handle(
            (response, failure) ->
                failure == null
                    ? answered(response)
                    : new Attempt.Refused(inWords(failure), none()))
        .completeOnTimeout(unanswered(), answerMax.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, _) -> exchange.cancel(true));
  }

  private Attempt unanswered() {
    return new Attempt.Refused("no whole answer came within " + answerMax, none());
  }

  private static Attempt answered(HttpResponse<Void> response) {
    int status = response.statusCode();
    return status / 100 == 2
        ? new Attempt.Taken()
        : new Attempt.Refused("it answered " + status, retryAfter(response));
  }

  private static Optional<Duration> retryAfter(HttpResponse<Void> response) {
    if (response.statusCode() != TOO_MANY_REQUESTS && response.statusCode() != UNAVAILABLE) {
      return none();
    }
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(asked -> asked.compareTo(RETRY_AFTER_MAX) < 0 ? asked : RETRY_AFTER_MAX);
  }

  private static Optional<Duration> none() {
    return Optional.empty();
  }

  private static String sign(String text, SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new InvariantViolated("Every Java runtime has " + HMAC, missing);
    }
  }

  private static String inWords(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
