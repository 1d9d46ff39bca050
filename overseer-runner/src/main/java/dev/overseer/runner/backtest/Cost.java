package dev.overseer.runner.backtest;

import java.time.Duration;

/**
 * What a backtest took.
 *
 * @param updates read from the log, of whatever model
 * @param judgements calls of the check, which are more than verdicts where it judges windows
 * @param time on Overseer's own clock
 * @param cpu of all threads that took part, but for those that checks are called on
 */
public record Cost(long updates, long judgements, Duration time, Duration cpu) {

  public double updatesPerSecond() {
    double seconds = time.toNanos() / 1e9;
    return seconds > 0 ? updates / seconds : 0;
  }
}
