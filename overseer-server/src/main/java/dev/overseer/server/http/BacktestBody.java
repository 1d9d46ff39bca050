package dev.overseer.server.http;

import dev.overseer.server.desk.BacktestAsk;
import java.util.Optional;

/** What is posted to begin a backtest. */
record BacktestBody(
    Optional<String> check, Optional<String> from, Optional<String> to, Optional<String> compare) {

  BacktestAsk ask() {
    return new BacktestAsk(check.orElse(""), from, to, compare);
  }
}
