package dev.overseer.server.desk;

import dev.overseer.server.desk.ViolationSummary.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backtest came to.
 *
 * @param definition the hash of what was tried
 * @param callsOut whether other systems were asked too: another time they may answer otherwise
 * @param from empty: from the beginning
 * @param to empty: to the end
 * @param judgedUntil everything before this was judged
 * @param pending triggers that were not judged, because the log ends before their cut is covered
 * @param outcomes how many complete verdicts said what: passed, failed, inconclusive,
 *     not-applicable, errored
 * @param failures how often a root would have begun to fail
 * @param failingAtEnd roots that still failed at the end
 * @param wouldHaveFailed the first of the failures, in the order of their cuts
 * @param errors what some of the errored verdicts said
 * @param differences to the live run, where it was asked for
 */
public record BacktestAnswer(
    String check,
    String definition,
    boolean callsOut,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Instant> judgedUntil,
    long pending,
    Map<String, Long> outcomes,
    long failures,
    long failingAtEnd,
    List<Failure> wouldHaveFailed,
    List<String> errors,
    Waits waits,
    Optional<Compared> differences,
    Cost cost) {

  /**
   * A violation as it would have been.
   *
   * @param decidedBy {@code update} or {@code deadline}
   * @param waitMillis from the update that decided it to the cut
   */
  public record Failure(
      String root,
      Instant trigger,
      Instant cut,
      List<Reason> reasons,
      String decidedBy,
      long waitMillis,
      Optional<Instant> healedAt) {}

  /** How long the listed failures took at least that were decided by an update. */
  public record Waits(
      long byUpdate, long byDeadline, long medianMillis, long p99Millis, long maxMillis) {}

  /** Complete verdicts beside those on record. */
  public record Compared(
      long same,
      long otherOutcome,
      long onlyLive,
      long onlyBacktest,
      long carried,
      List<Difference> listed) {}

  /** Empty where one of them said nothing. */
  public record Difference(
      String root,
      Instant trigger,
      Instant cut,
      Optional<String> live,
      Optional<String> backtest) {}

  /**
   * @param cpuMillis of the threads that read and judge
   */
  public record Cost(
      long updates, long judgements, long millis, long cpuMillis, long updatesPerSecond) {}
}
