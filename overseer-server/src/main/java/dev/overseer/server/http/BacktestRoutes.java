package dev.overseer.server.http;

import dev.overseer.server.desk.Desk;
import dev.overseer.server.json.Json;
import io.javalin.config.RoutesConfig;

/** Backtests: begun, looked at until they are done, or cancelled. */
final class BacktestRoutes {
  private static final String ONE = "/api/v1/backtests/{id}";

  private final Desk desk;

  BacktestRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(RoutesConfig routes) {
    routes
        .post(
            "/api/v1/backtests",
            it ->
                HttpServer.answer(
                    it, desk.backtests().start(Json.read(it.body(), BacktestBody.class).ask())))
        .get(ONE, it -> HttpServer.answer(it, desk.backtests().get(it.pathParam("id"))))
        .delete(ONE, it -> HttpServer.answer(it, desk.backtests().cancel(it.pathParam("id"))));
  }
}
