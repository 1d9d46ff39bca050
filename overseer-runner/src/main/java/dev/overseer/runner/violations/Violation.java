package dev.overseer.runner.violations;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Outcome.Reason;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param channels who hears of it when its check is told of; none where a storm swallowed it, or
 *     nobody is to hear
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

  /** How it stands after a step that is on record; {@code before} is null at its first. */
  public static Violation after(@Nullable Violation before, Transitioned moved) {
    Move move = moved.move();
    Facts facts = facts(before, moved);
    return new Violation(
        moved.violation(),
        moved.check(),
        moved.root(),
        move.to(),
        move.sequence(),
        facts.data,
        facts.data.cut(),
        facts.reasons,
        facts.detection,
        before == null || move.cause() == Cause.FAILED ? move.at() : before.openedAt(),
        move.at(),
        before == null ? Optional.empty() : move.snoozedUntil(before.snoozedUntil()),
        move.channels());
  }

  /** How it stands after a verdict of its check and root that is on record. */
  public Violation after(Verdict verdict) {
    if (!verdict.isComplete() || verdict.cut().isBefore(data.cut())) {
      return this;
    }
    return switch (verdict.outcome()) {
      case Outcome.Failed _ -> withData(DataState.failed(verdict.cut()));
      case Outcome.Passed _ -> withData(data.passed(verdict.cut()));
      case Outcome.NotApplicable _, Outcome.Inconclusive _, Outcome.Errored _ -> this;
    };
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

  private record Facts(DataState data, List<Reason> reasons, Optional<Detection> detection) {}

  private static Facts facts(@Nullable Violation before, Transitioned moved) {
    if (moved.move().grounds() instanceof Grounds.Failure failure) {
      Optional<Detection> known = before == null ? Optional.empty() : before.detection();
      return new Facts(
          DataState.failed(failure.cut()), failure.reasons(), failure.detection().or(() -> known));
    }
    if (before == null) {
      throw new InvariantViolated("Violation " + moved.violation() + " moves before it opens");
    }
    DataState data =
        moved.move().grounds() instanceof Grounds.Healing healing
            ? before.data().passed(healing.cut())
            : before.data();
    return new Facts(data, before.reasons(), before.detection());
  }
}
