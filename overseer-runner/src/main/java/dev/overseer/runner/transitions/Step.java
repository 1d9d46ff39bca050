package dev.overseer.runner.transitions;

/**
 * One row of the {@link TransitionTable}.
 *
 * @param told whether the channels hear of it
 * @param meaning for people, as the reference shows it
 */
public record Step(State from, Cause cause, State to, boolean told, String meaning) {}
