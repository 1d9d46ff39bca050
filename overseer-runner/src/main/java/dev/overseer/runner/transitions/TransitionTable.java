package dev.overseer.runner.transitions;

import static dev.overseer.runner.transitions.Cause.ACCEPT;
import static dev.overseer.runner.transitions.Cause.ACKNOWLEDGE;
import static dev.overseer.runner.transitions.Cause.ACTIVATED;
import static dev.overseer.runner.transitions.Cause.FAILED;
import static dev.overseer.runner.transitions.Cause.FAILED_OTHERWISE;
import static dev.overseer.runner.transitions.Cause.PASSED;
import static dev.overseer.runner.transitions.Cause.RESOLVE;
import static dev.overseer.runner.transitions.Cause.RETIRE;
import static dev.overseer.runner.transitions.Cause.SNOOZE;
import static dev.overseer.runner.transitions.Cause.SNOOZE_ENDED;
import static dev.overseer.runner.transitions.State.ABSENT;
import static dev.overseer.runner.transitions.State.ACCEPTED;
import static dev.overseer.runner.transitions.State.ACKNOWLEDGED;
import static dev.overseer.runner.transitions.State.HEALED;
import static dev.overseer.runner.transitions.State.OPEN;
import static dev.overseer.runner.transitions.State.RESOLVED;
import static dev.overseer.runner.transitions.State.RETIRED;
import static dev.overseer.runner.transitions.State.SNOOZED;

import dev.overseer.model.InvalidRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every legal step of a violation or an incident. A cause with no row in a state changes nothing
 * there: a person is refused, the data are recorded and nobody is told.
 */
public final class TransitionTable {
  private static final List<Step> STEPS =
      List.of(
          told(ABSENT, FAILED, OPEN, "it opens"),
          told(OPEN, FAILED_OTHERWISE, OPEN, "what is wrong has changed"),
          told(OPEN, ACTIVATED, OPEN, "its check is active, and nobody was told"),
          told(OPEN, PASSED, HEALED, "the data pass again"),
          told(OPEN, ACKNOWLEDGE, ACKNOWLEDGED, "somebody is on it"),
          told(OPEN, SNOOZE, SNOOZED, "nobody hears of it for a while"),
          told(OPEN, ACCEPT, ACCEPTED, "it may stay as it is"),
          told(OPEN, RESOLVE, RESOLVED, "somebody calls it done"),
          told(OPEN, RETIRE, RETIRED, "its check is gone"),
          told(ACKNOWLEDGED, FAILED_OTHERWISE, ACKNOWLEDGED, "what is wrong has changed"),
          told(ACKNOWLEDGED, PASSED, HEALED, "the data pass again"),
          told(ACKNOWLEDGED, SNOOZE, SNOOZED, "nobody hears of it for a while"),
          told(ACKNOWLEDGED, ACCEPT, ACCEPTED, "it may stay as it is"),
          told(ACKNOWLEDGED, RESOLVE, RESOLVED, "somebody calls it done"),
          told(ACKNOWLEDGED, RETIRE, RETIRED, "its check is gone"),
          silent(SNOOZED, FAILED_OTHERWISE, SNOOZED, "what is wrong has changed"),
          told(SNOOZED, PASSED, HEALED, "the data pass again"),
          told(SNOOZED, SNOOZE_ENDED, OPEN, "the time is over and it still fails"),
          told(SNOOZED, ACKNOWLEDGE, ACKNOWLEDGED, "somebody is on it"),
          told(SNOOZED, SNOOZE, SNOOZED, "another time is set"),
          told(SNOOZED, ACCEPT, ACCEPTED, "it may stay as it is"),
          told(SNOOZED, RESOLVE, RESOLVED, "somebody calls it done"),
          told(SNOOZED, RETIRE, RETIRED, "its check is gone"),
          told(ACCEPTED, FAILED_OTHERWISE, OPEN, "it fails in a way that nobody accepted"),
          told(ACCEPTED, PASSED, HEALED, "the data pass again"),
          told(ACCEPTED, ACKNOWLEDGE, ACKNOWLEDGED, "the acceptance is withdrawn"),
          told(ACCEPTED, RESOLVE, RESOLVED, "somebody calls it done"),
          told(ACCEPTED, RETIRE, RETIRED, "its check is gone"),
          told(RESOLVED, FAILED, OPEN, "an update came, and it fails at a later cut"),
          silent(RESOLVED, PASSED, HEALED, "the data agree that it is done"),
          silent(RESOLVED, RETIRE, RETIRED, "its check is gone"),
          told(HEALED, FAILED, OPEN, "it fails again"),
          told(RETIRED, FAILED, OPEN, "its check is back, and it fails"));

  private TransitionTable() {}

  /** All rows, in the order of the reference. */
  public static List<Step> steps() {
    return STEPS;
  }

  /** The row of a cause in a state; none where it changes nothing. */
  public static Optional<Step> find(State from, Cause cause) {
    return STEPS.stream().filter(step -> step.from() == from && step.cause() == cause).findFirst();
  }

  /** The row of what a person asks for; refused with a list of what is possible instead. */
  public static Step get(State from, HumanAction action, String subject) {
    return find(from, action.cause())
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "Cannot %s %s: it is %s. Possible now: %s"
                        .formatted(action.cause().word(), subject, from.word(), possible(from))));
  }

  private static String possible(State from) {
    String actions =
        STEPS.stream()
            .filter(step -> step.from() == from && step.cause().isByPerson())
            .map(step -> step.cause().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return actions.isEmpty() ? "nothing" : actions;
  }

  private static Step told(State from, Cause cause, State to, String meaning) {
    return new Step(from, cause, to, true, meaning);
  }

  private static Step silent(State from, Cause cause, State to, String meaning) {
    return new Step(from, cause, to, false, meaning);
  }
}
