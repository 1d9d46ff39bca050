package dev.overseer.server.remote;

import static dev.overseer.server.remote.ServerRequests.encoded;

import dev.overseer.server.json.Json;
import dev.overseer.server.reading.ExplanationAnswer;
import dev.overseer.server.reading.HistoryAnswer;
import dev.overseer.server.reading.Question;
import dev.overseer.server.reading.Range;
import dev.overseer.server.reading.RawAnswer;
import dev.overseer.server.reading.Readings;
import dev.overseer.server.reading.RecordAnswer;
import dev.overseer.server.reading.ViewAnswer;

/** The readings of a running server. The key goes into the query, which can hold any. */
final class RemoteReadings implements Readings {
  private final ServerRequests server;

  RemoteReadings(ServerRequests server) {
    this.server = server;
  }

  @Override
  public RecordAnswer record(Question question) {
    return Json.read(server.get(path("records", question, "")), RecordAnswer.class);
  }

  @Override
  public HistoryAnswer history(Question question, Range range) {
    String path = path("records", question, "/history") + parameters(range);
    return Json.read(server.get(path), HistoryAnswer.class);
  }

  @Override
  public RawAnswer raw(Question question, Range range) {
    String path = path("records", question, "/raw") + parameters(range);
    return Json.read(server.get(path), RawAnswer.class);
  }

  @Override
  public ViewAnswer view(Question question) {
    return Json.read(server.get(path("views", question, "")), ViewAnswer.class);
  }

  @Override
  public ExplanationAnswer explain(Question question) {
    return Json.read(server.get(path("views", question, "/explain")), ExplanationAnswer.class);
  }

  @Override
  public byte[] message(What what, Question question) {
    return server.protobuf(path(kind(what), question, ""));
  }

  @Override
  public byte[] descriptors(What what, Question question) {
    return server.protobuf(path(kind(what), question, "/descriptor"));
  }

  @Override
  public byte[] descriptors(What what, String name) {
    return server.protobuf(
        "/api/v1/%s/%s/descriptor".formatted(kind(what), encoded(name).replace("+", "%20")));
  }

  private static String kind(What what) {
    return switch (what) {
      case RECORD -> "records";
      case VIEW -> "views";
    };
  }

  private static String path(String kind, Question question, String part) {
    StringBuilder path =
        new StringBuilder(
            "/api/v1/%s/%s/-%s?text=%s"
                .formatted(
                    kind,
                    encoded(question.name()).replace("+", "%20"),
                    part,
                    encoded(question.key())));
    question.columns().forEach(column -> path.append("&key=").append(encoded(column)));
    question.asOf().ifPresent(it -> path.append("&asOf=").append(encoded(it)));
    question.knownAt().ifPresent(it -> path.append("&knownAt=").append(encoded(it)));
    return path.toString();
  }

  private static String parameters(Range range) {
    return "&offset=%d&limit=%d".formatted(range.offset(), range.limit());
  }
}
