package dev.overseer.runner.journal;

import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import java.time.Instant;
import java.util.List;

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
}
