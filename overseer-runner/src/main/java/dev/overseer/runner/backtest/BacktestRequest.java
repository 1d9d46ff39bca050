package dev.overseer.runner.backtest;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.ActiveCheck;

/**
 * What is to be judged once more.
 *
 * @param check under the definition that is tried; updates before its {@code from} trigger nothing
 * @param to updates of this time and later trigger nothing either
 */
public record BacktestRequest(ActiveCheck check, EffectiveTime to) {
  public BacktestRequest {
    if (!check.from().isBefore(to)) {
      throw new InvalidRequest(
          "There is no time from %s to %s: the end must be later".formatted(check.from(), to));
    }
  }
}
