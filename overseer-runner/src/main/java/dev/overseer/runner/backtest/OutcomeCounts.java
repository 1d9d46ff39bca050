package dev.overseer.runner.backtest;

/** How many complete verdicts said what. */
public record OutcomeCounts(
    long passed, long failed, long inconclusive, long notApplicable, long errored) {

  OutcomeCounts plus(OutcomeCounts other) {
    return new OutcomeCounts(
        passed + other.passed,
        failed + other.failed,
        inconclusive + other.inconclusive,
        notApplicable + other.notApplicable,
        errored + other.errored);
  }

  public long all() {
    return passed + failed + inconclusive + notApplicable + errored;
  }
}
