package dev.overseer.runner.backtest;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A violation as it would have been: from the cut at which the root first failed to the cut at
 * which it passed again.
 *
 * @param trigger of the failing verdict
 * @param cut at which it failed
 * @param reasons that were given then
 * @param decidedBy of what made it fail
 * @param healedAt empty: it still failed at the end
 */
public record Episode(
    RecordKey root,
    EffectiveTime trigger,
    EffectiveTime cut,
    List<Outcome.Reason> reasons,
    DecidedBy decidedBy,
    Optional<EffectiveTime> healedAt) {
  public Episode {
    reasons = List.copyOf(reasons);
  }

  /**
   * What decided it.
   *
   * @param byDeadline that nothing came until the cut, and no update
   * @param lag from there to the cut: what the strategy lets pass before it says so. A live run
   *     takes as much longer as it takes until all sources are heard.
   */
  public record DecidedBy(boolean byDeadline, Duration lag) {}

  Episode healed(EffectiveTime at) {
    return new Episode(root, trigger, cut, reasons, decidedBy, Optional.of(at));
  }
}
