package dev.overseer.runner.judging;

import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import java.util.List;

/**
 * A verdict as judging hands it on.
 *
 * @param basis gathered only when asked for, on the thread that records: most verdicts pass, and
 *     need none. Asked twice, it says the same.
 * @param counts whether it opens or resolves a violation, and is not only put on record
 */
public record Finding(Verdict verdict, Basis basis, boolean counts) {

  /** Of a check of which only complete verdicts count. */
  public Finding(Verdict verdict, Basis basis) {
    this(verdict, basis, verdict.isComplete());
  }

  /** What can be said of a verdict from the update log. */
  @FunctionalInterface
  public interface Basis {
    Evidence evidence();

    /**
     * The updates of the view after a cut at which it failed, up to the verdict's own: of records
     * in the view at either, so that one which healed it by going is there. In the order of
     * effective time and log offset; the latest {@link Evidence#UPDATES_MAX}.
     */
    default List<Evidence.Update> updatesAfter(EffectiveTime failed) {
      return evidence().updates().stream()
          .filter(update -> update.effectiveTime().isAfter(failed))
          .toList();
    }
  }
}
