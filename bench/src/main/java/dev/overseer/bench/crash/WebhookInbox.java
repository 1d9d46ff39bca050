package dev.overseer.bench.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An endpoint that keeps every post in the order of arrival, and refuses some, as real ones do.
 * Safe for many threads; owns its own.
 */
final class WebhookInbox implements AutoCloseable {
  private static final String KEY_HEADER = "X-Overseer-Delivery";
  private static final double REFUSED = 0.1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SplittableRandom random;
  private final List<Post> posts = new ArrayList<>();

  /**
   * One attempt at a delivery.
   *
   * @param key by which a receiver knows a repeated one
   * @param taken whether we answered that we have it
   */
  record Post(String key, String body, boolean taken) {}

  private WebhookInbox(HttpServer server, long seed) {
    this.server = server;
    this.random = new SplittableRandom(seed);
  }

  static WebhookInbox open(long seed) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      WebhookInbox inbox = new WebhookInbox(server, seed);
      server.createContext("/", inbox::receive);
      server.setExecutor(inbox.threads);
      server.start();
      return inbox;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on the loopback interface", e);
    }
  }

  String url() {
    return "http://127.0.0.1:%d/violations".formatted(server.getAddress().getPort());
  }

  /** Every attempt so far, in the order of arrival. */
  synchronized List<Post> posts() {
    return List.copyOf(posts);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream in = exchange.getRequestBody()) {
      String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String key = exchange.getRequestHeaders().getFirst(KEY_HEADER);
      boolean taken = keep(key == null ? "" : key, body);
      exchange.sendResponseHeaders(taken ? 204 : 503, -1);
    }
  }

  private synchronized boolean keep(String key, String body) {
    boolean taken = random.nextDouble() >= REFUSED;
    posts.add(new Post(key, body, taken));
    return taken;
  }
}
