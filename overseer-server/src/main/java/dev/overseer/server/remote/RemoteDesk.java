package dev.overseer.server.remote;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.Erasure;
import dev.overseer.server.desk.ErasureRequest;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Page;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.Readiness;
import dev.overseer.server.desk.SourceStatus;
import dev.overseer.server.desk.ViolationDetail;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** Asks a running server. Fails with {@link Unavailable} when it does not answer. */
public final class RemoteDesk implements Desk, AutoCloseable {
  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  private final ServerAddress address;
  private final HttpClient client;

  public RemoteDesk(ServerAddress address) {
    this.address = address;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(WAIT_MAX);
    address.certificate().map(PinnedCertificate::context).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** Whether the server is there: a file that it could not remove may say so of one that is not. */
  public boolean answers() {
    try {
      client.send(request("/health/live").build(), BodyHandlers.discarding());
      return true;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Page<ViolationSummary> violations(Query query) {
    return Json.read(
        get("/api/v1/violations" + parameters(query, "check")), new TypeReference<>() {});
  }

  @Override
  public Optional<ViolationDetail> violation(String id) {
    HttpResponse<String> response = send(request("/api/v1/violations/" + encoded(id)).build());
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(Json.read(body(response), ViolationDetail.class));
  }

  @Override
  public ViolationDetail act(String violation, ActionRequest action) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("by", action.by());
    action.reason().ifPresent(it -> body.put("reason", it));
    action.minutes().ifPresent(it -> body.put("minutes", it));
    String verb = action.kind().name().toLowerCase(Locale.ROOT);
    HttpRequest request =
        request("/api/v1/violations/" + encoded(violation) + "/" + verb)
            .POST(BodyPublishers.ofString(Json.write(body)))
            .build();
    return Json.read(body(send(request)), ViolationDetail.class);
  }

  @Override
  public Erasure erase(ErasureRequest request) {
    HttpRequest post =
        request("/api/v1/subjects/erase")
            .POST(BodyPublishers.ofString(Json.write(request)))
            .build();
    return Json.read(body(send(post)), Erasure.class);
  }

  @Override
  public Page<IncidentSummary> incidents(Query query) {
    return Json.read(
        get("/api/v1/incidents" + parameters(query, "kind")), new TypeReference<>() {});
  }

  @Override
  public List<SourceStatus> sources() {
    return Json.read(get("/api/v1/sources"), new TypeReference<>() {});
  }

  @Override
  public List<CheckStatus> checks() {
    return Json.read(get("/api/v1/checks"), new TypeReference<>() {});
  }

  @Override
  public Readiness readiness() {
    return Json.read(send(request("/health/ready").build()).body(), Readiness.class);
  }

  @Override
  public void close() {
    client.close();
  }

  private String get(String path) {
    return body(send(request(path).build()));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address.url() + path)).timeout(WAIT_MAX);
    address
        .token()
        .map(Secret::parse)
        .ifPresent(token -> builder.header("Authorization", "Bearer " + token.reveal()));
    return builder;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Unavailable(
          "The server at %s does not answer: %s".formatted(address.url(), e.getMessage()), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String body(HttpResponse<String> response) {
    if (response.statusCode() == 200) {
      return response.body();
    }
    String error = Json.readTree(response.body()).path("error").asString(response.body());
    if (response.statusCode() >= 500) {
      throw new Unavailable("The server says: " + error);
    }
    throw new InvalidRequest(error);
  }

  private static String parameters(Query query, String aboutName) {
    StringBuilder text =
        new StringBuilder("?offset=%d&limit=%d".formatted(query.offset(), query.limit()));
    query.state().ifPresent(it -> text.append("&state=").append(encoded(it)));
    query
        .about()
        .ifPresent(it -> text.append('&').append(aboutName).append('=').append(encoded(it)));
    return text.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Unavailable interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Unavailable("Interrupted while the server was asked", e);
  }
}
