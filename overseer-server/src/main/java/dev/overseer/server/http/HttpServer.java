package dev.overseer.server.http;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.server.configuration.HttpSettings;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.Readiness;
import dev.overseer.server.json.Json;
import dev.overseer.server.reading.NotThere;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the desk, health and metrics until closed. */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String ANSWERED = "answered";
  private static final long REQUEST_BYTES_MAX = 64 << 10;

  private final HttpSettings settings;
  private final AccessRules access;
  private final Desk desk;
  private final BooleanSupplier isAlive;
  private final Supplier<String> metrics;
  private final Optional<KeyStore> keys;
  private final Javalin javalin;

  /**
   * Starts to serve.
   *
   * @param isAlive whether no thread of the server failed
   * @param metrics in Prometheus' text format
   * @throws InvalidRequest when the address is taken or the key store is wrong
   */
  public static HttpServer start(
      HttpSettings settings, Desk desk, BooleanSupplier isAlive, Supplier<String> metrics) {
    HttpServer server = new HttpServer(settings, desk, isAlive, metrics);
    try {
      server.javalin.start();
    } catch (JavalinBindException e) {
      throw new InvalidRequest(
          "The address %s port %d is taken or not of this machine: set http.port (0 takes any) or http.bind"
              .formatted(settings.bind(), settings.port()),
          e);
    }
    return server;
  }

  private HttpServer(
      HttpSettings settings, Desk desk, BooleanSupplier isAlive, Supplier<String> metrics) {
    this.settings = settings;
    this.access = new AccessRules(settings);
    this.desk = desk;
    this.isAlive = isAlive;
    this.metrics = metrics;
    this.keys = settings.tls().map(TlsConnector::keys);
    this.javalin = Javalin.create(this::configure);
  }

  public int port() {
    return javalin.port();
  }

  /** How to reach it from this machine. */
  public String url() {
    String host = settings.address().isAnyLocalAddress() ? "127.0.0.1" : settings.bind();
    String quoted = host.contains(":") ? "[" + host + "]" : host;
    return "%s://%s:%d".formatted(keys.isPresent() ? "https" : "http", quoted, port());
  }

  /** What clients see when it serves HTTPS. */
  public Optional<Certificate> certificate() {
    return keys.map(
        it -> {
          try {
            return TlsConnector.certificate(it);
          } catch (GeneralSecurityException e) {
            throw new InvalidRequest("The certificate cannot be read", e);
          }
        });
  }

  /** Answers what is being asked, then stops. */
  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    // Answering computes, and on a virtual thread that would hold up others.
    config.concurrency.useVirtualThreads = false;
    config.http.maxRequestSize = REQUEST_BYTES_MAX;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    listen(config);
    routes(config);
  }

  private void listen(JavalinConfig config) {
    if (keys.isPresent()) {
      config.jetty.addConnector(
          (server, http) ->
              TlsConnector.of(server, http, settings, keys.get(), settings.tls().orElseThrow()));
    } else {
      config.jetty.host = settings.address().getHostAddress();
      config.jetty.port = settings.port();
    }
  }

  private void routes(JavalinConfig config) {
    config
        .routes
        .before("/metrics", this::guard)
        .before("/api/*", this::guard)
        .get("/metrics", it -> it.contentType(PROMETHEUS_TEXT).result(metrics.get()))
        .get("/health/live", this::live)
        .get("/health/ready", this::ready)
        .get("/api/v1/violations", it -> answer(it, desk.violations(query(it, "check"))))
        .get("/api/v1/violations/{id}", this::violation)
        .post("/api/v1/violations/{id}/{action}", this::act)
        .post("/api/v1/subjects/erase", this::erase)
        .get("/api/v1/incidents", it -> answer(it, desk.incidents(query(it, "kind"))))
        .get("/api/v1/sources", it -> answer(it, desk.sources()))
        .get("/api/v1/checks", it -> answer(it, desk.checks()))
        .post("/api/v1/checks/{name}/{action}", this::steer);
    new ReadingRoutes(desk).addTo(config.routes);
    new BacktestRoutes(desk).addTo(config.routes);
    config.routes.exception(
        Refused.class, (e, it) -> refuse(it, e.refusal.status(), e.refusal.text()));
    config.routes.exception(
        InvalidRequest.class, (e, it) -> refuse(it, 400, String.valueOf(e.getMessage())));
    config.routes.exception(
        NotThere.class, (e, it) -> refuse(it, 404, String.valueOf(e.getMessage())));
    config.routes.exception(
        Unavailable.class, (e, it) -> refuse(it, 503, String.valueOf(e.getMessage())));
    config.routes.exception(Exception.class, this::fail);
    config.routes.error(404, HttpServer::nothingThere);
  }

  private void guard(Context request) {
    access
        .refusal(request)
        .ifPresent(
            refusal -> {
              throw new Refused(refusal);
            });
  }

  private void live(Context request) {
    boolean alive = isAlive.getAsBoolean();
    answer(request.status(alive ? 200 : 503), Map.of("alive", alive));
  }

  /** For probes, which know no token; the reasons are for those who do. */
  private void ready(Context request) {
    Readiness readiness = desk.readiness();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ready", readiness.ready());
    if (access.refusal(request).isEmpty()) {
      answer.put("reasons", readiness.reasons());
    }
    answer(request.status(readiness.ready() ? 200 : 503), answer);
  }

  private void violation(Context request) {
    desk.violation(request.pathParam("id"))
        .ifPresentOrElse(
            it -> answer(request, it),
            () -> refuse(request, 404, "There is no violation " + request.pathParam("id")));
  }

  private void act(Context request) {
    ActionBody body = Json.read(request.body(), ActionBody.class);
    ActionRequest action = body.request(request.pathParam("action"));
    answer(request, desk.act(request.pathParam("id"), action));
  }

  private void steer(Context request) {
    CheckBody body = Json.read(request.body(), CheckBody.class);
    answer(
        request, desk.steer(request.pathParam("name"), body.request(request.pathParam("action"))));
  }

  private void erase(Context request) {
    answer(request, desk.erase(Json.read(request.body(), ErasureBody.class).request()));
  }

  private static Query query(Context request, String aboutName) {
    return new Query(
        Optional.ofNullable(request.queryParam("state")),
        Optional.ofNullable(request.queryParam(aboutName)),
        ReadingRoutes.number(request, "offset", 0),
        ReadingRoutes.number(request, "limit", Query.LIMIT_DEFAULT));
  }

  static void answer(Context request, Object body) {
    request.attribute(ANSWERED, true);
    request.contentType("application/json").result(Json.write(body));
  }

  private static void refuse(Context request, int status, String text) {
    answer(request.status(status), Map.of("error", text));
  }

  private static void nothingThere(Context request) {
    if (request.attribute(ANSWERED) == null) {
      refuse(request, 404, "There is nothing at " + request.path());
    }
  }

  private void fail(Exception e, Context request) {
    LOG.error("{} {} failed", request.method(), request.path(), e);
    refuse(request, 500, "This failed; the server's log says more");
  }

  /** Ends a request that may not be answered. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient AccessRules.Refusal refusal;

    Refused(AccessRules.Refusal refusal) {
      super(refusal.text());
      this.refusal = refusal;
    }
  }
}
