package dev.overseer.server.http;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.reading.Question;
import dev.overseer.server.reading.Range;
import dev.overseer.server.reading.Readings;
import dev.overseer.server.reading.Readings.What;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Records and views as of any time. */
final class ReadingRoutes {
  private static final List<String> PROTOBUF_TYPES =
      List.of("application/x-protobuf", "application/protobuf");

  private final Desk desk;

  ReadingRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(RoutesConfig routes) {
    routes
        .get("/api/v1/records/{name}/descriptor", descriptors(What.RECORD))
        .get("/api/v1/records/{name}/{key}", answering(What.RECORD, Readings::record))
        .get("/api/v1/records/{name}/{key}/history", ranging(Readings::history))
        .get("/api/v1/records/{name}/{key}/raw", ranging(Readings::raw))
        .get("/api/v1/records/{name}/{key}/descriptor", descriptorsOf(What.RECORD))
        .get("/api/v1/views/{name}/descriptor", descriptors(What.VIEW))
        .get("/api/v1/views/{name}/{key}", answering(What.VIEW, Readings::view))
        .get("/api/v1/views/{name}/{key}/explain", explaining())
        .get("/api/v1/views/{name}/{key}/descriptor", descriptorsOf(What.VIEW));
  }

  /** As JSON, unless the caller would have protobuf. */
  private Handler answering(What what, BiFunction<Readings, Question, Object> reading) {
    return request -> {
      if (PROTOBUF_TYPES.stream().anyMatch(accepted(request)::contains)) {
        answer(request, desk.readings().message(what, question(request)));
      } else {
        HttpServer.answer(request, reading.apply(desk.readings(), question(request)));
      }
    };
  }

  private static String accepted(Context request) {
    return Optional.ofNullable(request.header("Accept")).orElse("");
  }

  private Handler explaining() {
    return request -> HttpServer.answer(request, desk.readings().explain(question(request)));
  }

  private Handler descriptors(What what) {
    return request -> answer(request, desk.readings().descriptors(what, request.pathParam("name")));
  }

  private Handler descriptorsOf(What what) {
    return request -> answer(request, desk.readings().descriptors(what, question(request)));
  }

  private static void answer(Context request, byte[] message) {
    request.contentType(PROTOBUF_TYPES.getFirst()).result(message);
  }

  private Handler ranging(Ranging reading) {
    return request ->
        HttpServer.answer(
            request, reading.read(desk.readings(), question(request), range(request)));
  }

  @FunctionalInterface
  private interface Ranging {
    Object read(Readings readings, Question question, Range range);
  }

  /** A key that a path cannot hold is in the query, and {@code {key}} then means nothing. */
  static Question question(Context request) {
    return new Question(
        request.pathParam("name"),
        Optional.ofNullable(request.queryParam("text")).orElseGet(() -> request.pathParam("key")),
        request.queryParams("key"),
        Optional.ofNullable(request.queryParam("asOf")),
        Optional.ofNullable(request.queryParam("knownAt")));
  }

  private static Range range(Context request) {
    return new Range(number(request, "offset", 0), number(request, "limit", Range.LIMIT_DEFAULT));
  }

  static int number(Context request, String name, int fallback) {
    String text = request.queryParam(name);
    try {
      return text == null ? fallback : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidRequest("%s is a whole number, not '%s'".formatted(name, text), e);
    }
  }
}
