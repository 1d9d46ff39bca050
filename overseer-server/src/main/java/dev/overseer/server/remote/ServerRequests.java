package dev.overseer.server.remote;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Requests to a running server. Fail with {@link Unavailable} when it does not answer, with {@link
 * InvalidRequest} when it refuses.
 */
final class ServerRequests implements AutoCloseable {
  private static final Duration CONNECTING_MAX = Duration.ofSeconds(10);

  /** Longer than the server takes for any answer. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(20);

  private final ServerAddress address;
  private final HttpClient client;

  ServerRequests(ServerAddress address) {
    this.address = address;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECTING_MAX);
    address.certificate().map(PinnedCertificate::context).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  boolean answers() {
    try {
      client.send(request("/health/live").build(), BodyHandlers.discarding());
      return true;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  String get(String path) {
    return body(send(request(path).build()));
  }

  byte[] protobuf(String path) {
    HttpRequest request = request(path).header("Accept", "application/x-protobuf").build();
    HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
    return response.statusCode() == 200
        ? response.body()
        : refused(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
  }

  /** Empty when there is nothing there. */
  Optional<String> find(String path) {
    HttpResponse<String> response = send(request(path).build());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(body(response));
  }

  /** The answer of a probe, which has a body whatever its status. */
  String probe(String path) {
    return send(request(path).build()).body();
  }

  String post(String path, Object body) {
    HttpRequest post = request(path).POST(BodyPublishers.ofString(Json.write(body))).build();
    return body(send(post));
  }

  String delete(String path) {
    return body(send(request(path).DELETE().build()));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
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
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
    try {
      return client.send(request, body);
    } catch (IOException e) {
      throw new Unavailable(
          "The server at %s does not answer: %s".formatted(address.url(), e.getMessage()), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String body(HttpResponse<String> response) {
    return response.statusCode() == 200
        ? response.body()
        : refused(response.statusCode(), response.body());
  }

  private static <T> T refused(int status, String body) {
    String error = Json.readTree(body).path("error").asString(body);
    if (status >= 500) {
      throw new Unavailable("The server says: " + error);
    }
    throw new InvalidRequest(error);
  }

  private static Unavailable interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Unavailable("Interrupted while the server was asked", e);
  }
}
