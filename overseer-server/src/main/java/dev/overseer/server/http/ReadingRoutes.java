package dev.overseer.server.http;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.reading.Question;
import dev.overseer.server.reading.Range;
import dev.overseer.server.reading.Readings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiFunction;

/** Records and views as of any time. */
final class ReadingRoutes {
  private final Desk desk;

  ReadingRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(RoutesConfig routes) {
    routes
        .get("/api/v1/records/{name}/{key}", answering(Readings::record))
        .get("/api/v1/records/{name}/{key}/history", ranging(Readings::history))
        .get("/api/v1/records/{name}/{key}/raw", ranging(Readings::raw))
        .get("/api/v1/views/{name}/{key}", answering(Readings::view))
        .get("/api/v1/views/{name}/{key}/explain", answering(Readings::explain));
  }

  private io.javalin.http.Handler answering(BiFunction<Readings, Question, Object> reading) {
    return request -> HttpServer.answer(request, reading.apply(desk.readings(), question(request)));
  }

  private io.javalin.http.Handler ranging(Ranging reading) {
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
