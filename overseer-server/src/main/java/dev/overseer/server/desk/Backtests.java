package dev.overseer.server.desk;

/** Backtests that were asked for. Safe for many threads. */
public interface Backtests {

  /**
   * Begins one.
   *
   * @throws dev.overseer.model.InvalidRequest when there is no such check, or no such time
   * @throws dev.overseer.model.Unavailable when others are running
   */
  BacktestStatus start(BacktestAsk ask);

  /** Fails with {@link dev.overseer.server.reading.NotThere} when there is none, or no more. */
  BacktestStatus get(String id);

  /** Ends one that runs, and says how it stands. */
  BacktestStatus cancel(String id);
}
