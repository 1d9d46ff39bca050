package dev.overseer.server.remote;

import dev.overseer.model.Unavailable;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.Backtests;
import dev.overseer.server.desk.CheckRequest;
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
import dev.overseer.server.reading.Readings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** Asks a running server. Fails with {@link Unavailable} when it does not answer. */
public final class RemoteDesk implements Desk, AutoCloseable {
  private final ServerRequests server;

  public RemoteDesk(ServerAddress address) {
    this.server = new ServerRequests(address);
  }

  /** Whether the server is there: a file that it could not remove may say so of one that is not. */
  public boolean answers() {
    return server.answers();
  }

  @Override
  public Page<ViolationSummary> violations(Query query) {
    return Json.read(
        server.get("/api/v1/violations" + parameters(query, "check")), new TypeReference<>() {});
  }

  @Override
  public Optional<ViolationDetail> violation(String id) {
    return server
        .find("/api/v1/violations/" + ServerRequests.encoded(id))
        .map(body -> Json.read(body, ViolationDetail.class));
  }

  @Override
  public ViolationDetail act(String violation, ActionRequest action) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("by", action.by());
    action.reason().ifPresent(it -> body.put("reason", it));
    action.minutes().ifPresent(it -> body.put("minutes", it));
    String verb = action.kind().name().toLowerCase(Locale.ROOT);
    String path = "/api/v1/violations/" + ServerRequests.encoded(violation) + "/" + verb;
    return Json.read(server.post(path, body), ViolationDetail.class);
  }

  @Override
  public CheckStatus steer(String check, CheckRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("by", request.by());
    body.put("reason", request.reason());
    String path = "/api/v1/checks/" + ServerRequests.encoded(check) + "/" + request.kind().word();
    return Json.read(server.post(path, body), CheckStatus.class);
  }

  @Override
  public Erasure erase(ErasureRequest request) {
    return Json.read(server.post("/api/v1/subjects/erase", request), Erasure.class);
  }

  @Override
  public Page<IncidentSummary> incidents(Query query) {
    return Json.read(
        server.get("/api/v1/incidents" + parameters(query, "kind")), new TypeReference<>() {});
  }

  @Override
  public List<SourceStatus> sources() {
    return Json.read(server.get("/api/v1/sources"), new TypeReference<>() {});
  }

  @Override
  public List<CheckStatus> checks() {
    return Json.read(server.get("/api/v1/checks"), new TypeReference<>() {});
  }

  @Override
  public Readiness readiness() {
    return Json.read(server.probe("/health/ready"), Readiness.class);
  }

  @Override
  public Readings readings() {
    return new RemoteReadings(server);
  }

  @Override
  public Backtests backtests() {
    return new RemoteBacktests(server);
  }

  @Override
  public void close() {
    server.close();
  }

  private static String parameters(Query query, String aboutName) {
    StringBuilder text =
        new StringBuilder("?offset=%d&limit=%d".formatted(query.offset(), query.limit()));
    query.state().ifPresent(it -> text.append("&state=").append(ServerRequests.encoded(it)));
    query
        .about()
        .ifPresent(
            it ->
                text.append('&').append(aboutName).append('=').append(ServerRequests.encoded(it)));
    return text.toString();
  }
}
