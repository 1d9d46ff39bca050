package dev.overseer.runner.journal;

import dev.overseer.checks.Outcome;

/**
 * What came of a sweep so far.
 *
 * @param lookedAt records: roots, and those that may belong to a root that was never seen
 * @param triggered roots that were to be judged
 * @param passed complete verdicts of what it triggered, as are the others; a root that was updated
 *     at nearly the same time has one verdict for both, which may count as the update's
 */
public record SweepTally(
    long lookedAt,
    long triggered,
    long passed,
    long failed,
    long inconclusive,
    long notApplicable,
    long errored) {
  public static final SweepTally NOTHING = new SweepTally(0, 0, 0, 0, 0, 0, 0);

  public SweepTally went(long lookedAtMore, long triggeredMore) {
    return new SweepTally(
        lookedAt + lookedAtMore,
        triggered + triggeredMore,
        passed,
        failed,
        inconclusive,
        notApplicable,
        errored);
  }

  public SweepTally judged(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> plus(1, 0, 0, 0, 0);
      case Outcome.Failed _ -> plus(0, 1, 0, 0, 0);
      case Outcome.Inconclusive _ -> plus(0, 0, 1, 0, 0);
      case Outcome.NotApplicable _ -> plus(0, 0, 0, 1, 0);
      case Outcome.Errored _ -> plus(0, 0, 0, 0, 1);
    };
  }

  private SweepTally plus(
      long morePassed,
      long moreFailed,
      long moreInconclusive,
      long moreNotApplicable,
      long moreErrored) {
    return new SweepTally(
        lookedAt,
        triggered,
        passed + morePassed,
        failed + moreFailed,
        inconclusive + moreInconclusive,
        notApplicable + moreNotApplicable,
        errored + moreErrored);
  }
}
