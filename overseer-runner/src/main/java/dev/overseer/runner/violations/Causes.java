package dev.overseer.runner.violations;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict asks of a violation. Only verdicts that count, of the greatest cut so far, ask for
 * anything: what is found out late about an earlier cut is on record, and opens or heals nothing.
 */
final class Causes {
  private Causes() {}

  /** The cause of a step, if the table has one; none where the verdict is only put on record. */
  static Optional<Cause> of(@Nullable Violation violation, Finding finding) {
    Verdict verdict = finding.verdict();
    boolean late = violation != null && verdict.cut().isBefore(violation.data().cut());
    if (!finding.counts() || late) {
      return Optional.empty();
    }
    return switch (verdict.outcome()) {
      case Outcome.Failed failed -> ofFailure(violation, finding, failed);
      case Outcome.Passed _ -> violation == null ? Optional.empty() : Optional.of(Cause.PASSED);
      case Outcome.NotApplicable _, Outcome.Inconclusive _, Outcome.Errored _ -> Optional.empty();
    };
  }

  private static Optional<Cause> ofFailure(
      @Nullable Violation violation, Finding finding, Outcome.Failed failed) {
    if (violation == null || violation.state().isClosed()) {
      return Optional.of(Cause.FAILED);
    }
    if (violation.state() == State.RESOLVED) {
      return isUpdatedSince(violation.movedCut(), finding)
          ? Optional.of(Cause.FAILED)
          : Optional.empty();
    }
    boolean same = Set.copyOf(failed.reasons()).equals(Set.copyOf(violation.reasons()));
    return same ? Optional.empty() : Optional.of(Cause.FAILED_OTHERWISE);
  }

  private static boolean isUpdatedSince(EffectiveTime cut, Finding finding) {
    Verdict verdict = finding.verdict();
    return verdict.cut().isAfter(cut)
        && (verdict.trigger().isAfter(cut)
            || finding.basis().evidence().updates().stream()
                .anyMatch(update -> update.effectiveTime().isAfter(cut)));
  }
}
