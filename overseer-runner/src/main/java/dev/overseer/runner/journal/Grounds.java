package dev.overseer.runner.journal;

import dev.overseer.checks.Outcome.Reason;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.runner.transitions.HumanAction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Why a step was taken, and by whom or what. */
public sealed interface Grounds {

  /**
   * A complete verdict that failed.
   *
   * @param detection where the failure is new
   */
  record Failure(
      VerdictId verdict, EffectiveTime cut, List<Reason> reasons, Optional<Detection> detection)
      implements Grounds {
    public Failure {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * A complete verdict that passed.
   *
   * @param updates those of the view after the last failing cut, up to this one: what healed it,
   *     the deletes of records that were in it included
   */
  record Healing(VerdictId verdict, EffectiveTime cut, List<Evidence.Update> updates)
      implements Grounds {
    public Healing {
      updates = List.copyOf(updates);
    }
  }

  /**
   * Somebody's action.
   *
   * @param until of a snooze, on Overseer's own clock
   */
  record Person(String actor, String reason, Optional<Instant> until) implements Grounds {

    /**
     * Fails with {@link InvalidRequest} when nobody is named, or the time of a snooze is not after
     * {@code now}.
     */
    public static Person of(String actor, HumanAction action, Instant now) {
      if (actor.isBlank()) {
        throw new InvalidRequest("Say who you are: an action is recorded with its actor");
      }
      if (!(action instanceof HumanAction.Snooze snooze)) {
        return new Person(actor, action.reason(), Optional.empty());
      }
      if (!snooze.until().isAfter(now)) {
        throw new InvalidRequest(
            "A snooze ends in the future; %s is past, it is %s".formatted(snooze.until(), now));
      }
      return new Person(
          actor, action.reason(), Optional.of(snooze.until().truncatedTo(ChronoUnit.MICROS)));
    }
  }

  /** A time that somebody had set is reached. */
  record Clock() implements Grounds {}

  /** What whoever raised, or cleared, an incident says of it. */
  record Trouble(String text) implements Grounds {}

  /** What changed in the configuration. */
  record Configuration(String text) implements Grounds {}
}
