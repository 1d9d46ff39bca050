package dev.overseer.runner.backtest;

import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.RunnerLimits;

/**
 * How much a backtest does at a time, and keeps in memory.
 *
 * @param changesPerStretch that are read and handed on together
 * @param keptMax updates and references of records that each part keeps
 * @param passedRecords how far back each part keeps the log's records, a power of two
 * @param passedBytes how many bytes of them, at most
 * @param listedMax failures and differences that the report lists; all are counted
 */
public record BacktestLimits(
    int changesPerStretch,
    int keptMax,
    int passedRecords,
    long passedBytes,
    int listedMax,
    RunnerLimits runner) {
  public BacktestLimits {
    if (changesPerStretch < 1 || keptMax < 1 || Integer.bitCount(passedRecords) != 1) {
      throw new InvalidRequest("A backtest that does nothing at a time never gets anywhere");
    }
  }

  /** For beside other work: some 60 MB. */
  public static BacktestLimits small() {
    RunnerLimits runner = RunnerLimits.standard().withNearMax(1 << 16);
    return new BacktestLimits(512, 1 << 17, 1 << 16, 16L << 20, 1000, runner);
  }

  /** What takes some 300 MB for each part at most, of updates of 300 bytes. */
  public static BacktestLimits standard() {
    return new BacktestLimits(2048, 1 << 20, 1 << 19, 128L << 20, 1000, RunnerLimits.standard());
  }
}
