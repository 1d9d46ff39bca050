package dev.overseer.runner.violations;

import dev.overseer.checks.Outcome.Reason;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A violation as it stands. All instants are on Overseer's own clock.
 *
 * @param sequence of its last step
 * @param movedCut the data's cut when it took its last step
 * @param reasons those it failed for when it opened or changed last
 * @param detection of its last opening
 * @param openedAt when it opened, or opened again, last
 * @param movedAt when it took its last step
 * @param snoozedUntil while it is snoozed
 * @param channels who hears of it; none where a storm swallowed it, or nobody is to hear
 */
public record Violation(
    ViolationId id,
    CheckName check,
    RecordKey root,
    State state,
    long sequence,
    DataState data,
    EffectiveTime movedCut,
    List<Reason> reasons,
    Optional<Detection> detection,
    Instant openedAt,
    Instant movedAt,
    Optional<Instant> snoozedUntil,
    List<String> channels) {
  public Violation {
    reasons = List.copyOf(reasons);
    channels = List.copyOf(channels);
  }

  CheckedRoot checkedRoot() {
    return new CheckedRoot(check, root);
  }

  Violation withData(DataState data) {
    return new Violation(
        id,
        check,
        root,
        state,
        sequence,
        data,
        movedCut,
        reasons,
        detection,
        openedAt,
        movedAt,
        snoozedUntil,
        channels);
  }
}
