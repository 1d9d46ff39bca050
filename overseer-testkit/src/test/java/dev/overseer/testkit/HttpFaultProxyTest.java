package dev.overseer.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFaultProxyTest {
  private final AtomicInteger served = new AtomicInteger();
  private final HttpServer server = listen();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void without_faults_requests_and_replies_pass_unchanged() throws Exception {
    try (HttpFaultProxy proxy = proxy(0)) {
      String body = "ä".repeat(100_000);
      HttpResponse<String> reply = put(proxy, body);

      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("PUT /logs/1?a=b " + body);
      assertThat(proxy.injected()).isEmpty();
    }
  }

  @Test
  void every_fault_happens_and_never_too_often_in_a_row() throws Exception {
    try (HttpFaultProxy proxy = proxy(1)) {
      int answered = 0;
      int refused = 0;
      int broken = 0;
      for (int i = 0; i < 40; i++) {
        try {
          HttpResponse<String> reply = put(proxy, "x");
          answered += reply.statusCode() == 200 ? 1 : 0;
          refused += reply.statusCode() >= 500 ? 1 : 0;
        } catch (IOException e) {
          broken++;
        }
      }

      assertThat(proxy.injected()).hasSize(HttpFaultProxy.Fault.values().length);
      assertThat(answered).isGreaterThanOrEqualTo(10);
      assertThat(refused).isPositive();
      assertThat(broken).isPositive();
      assertThat(served.get()).as("what was done though no reply came").isGreaterThan(answered);
    }
  }

  private HttpFaultProxy proxy(double faulty) {
    return HttpFaultProxy.to(server.getAddress().getPort(), faulty, 7);
  }

  private HttpResponse<String> put(HttpFaultProxy proxy, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/logs/1?a=b"))
            .expectContinue(true)
            .PUT(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      served.incrementAndGet();
      byte[] reply =
          "%s %s %s"
              .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body)
              .getBytes(UTF_8);
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  private static HttpServer listen() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
