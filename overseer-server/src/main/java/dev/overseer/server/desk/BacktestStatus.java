package dev.overseer.server.desk;

import java.util.Optional;

/**
 * How a backtest stands.
 *
 * @param state {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param read how many records of the log were read
 * @param all of how many, at most
 * @param result once it is done
 * @param error why it failed
 */
public record BacktestStatus(
    String id,
    String check,
    String state,
    long read,
    long all,
    Optional<BacktestAnswer> result,
    Optional<String> error) {
  public static final String RUNNING = "running";
  public static final String DONE = "done";
  public static final String FAILED = "failed";
  public static final String CANCELLED = "cancelled";
}
