package dev.overseer.server.remote;

import dev.overseer.server.desk.BacktestAsk;
import dev.overseer.server.desk.BacktestStatus;
import dev.overseer.server.desk.Backtests;
import dev.overseer.server.json.Json;

/** The backtests of a running server. */
final class RemoteBacktests implements Backtests {
  private static final String PATH = "/api/v1/backtests";

  private final ServerRequests server;

  RemoteBacktests(ServerRequests server) {
    this.server = server;
  }

  @Override
  public BacktestStatus start(BacktestAsk ask) {
    return Json.read(server.post(PATH, ask), BacktestStatus.class);
  }

  @Override
  public BacktestStatus get(String id) {
    return Json.read(server.get(path(id)), BacktestStatus.class);
  }

  @Override
  public BacktestStatus cancel(String id) {
    return Json.read(server.delete(path(id)), BacktestStatus.class);
  }

  private static String path(String id) {
    return PATH + "/" + ServerRequests.encoded(id);
  }
}
