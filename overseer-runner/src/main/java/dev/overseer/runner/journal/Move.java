package dev.overseer.runner.journal;

import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.transitions.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step that a violation or an incident took.
 *
 * @param sequence 1 for the subject's first
 * @param at on Overseer's own clock
 * @param channels who is to hear of the subject, from this step on
 */
public record Move(
    TransitionId id,
    long sequence,
    State from,
    Cause cause,
    State to,
    Instant at,
    Grounds grounds,
    List<String> channels) {
  public Move {
    channels = List.copyOf(channels);
  }

  /** The step, taken. */
  public static Move taken(
      SubjectId subject,
      long sequence,
      Step step,
      Instant at,
      Grounds grounds,
      List<String> channels) {
    return new Move(
        TransitionId.of(subject, sequence, grounds),
        sequence,
        step.from(),
        step.cause(),
        step.to(),
        at,
        grounds,
        channels);
  }

  /**
   * Until when the subject is snoozed after this step.
   *
   * @param before until when it was before
   */
  public Optional<Instant> snoozedUntil(Optional<Instant> before) {
    if (to != State.SNOOZED) {
      return Optional.empty();
    }
    return grounds instanceof Grounds.Person person ? person.until() : before;
  }

  /** What happened, in a word for people and for machines: {@code reopened}. */
  public String word() {
    return switch (cause) {
      case FAILED -> from == State.ABSENT ? "opened" : "reopened";
      case FAILED_OTHERWISE -> from == State.ACCEPTED ? "reopened" : "changed";
      case PASSED -> "healed";
      case SNOOZE_ENDED -> "snooze-ended";
      case ACTIVATED -> "opened";
      case ACKNOWLEDGE, SNOOZE, ACCEPT, RESOLVE, RETIRE -> to.word();
    };
  }
}
