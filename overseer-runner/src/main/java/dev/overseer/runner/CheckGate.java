package dev.overseer.runner;

import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much a check may be asked. As a rule {@link #ASKED_MAX} judgements together; nothing while
 * somebody has paused it, while calls of it have not come back, and after {@link #IN_A_ROW_MAX}
 * errors in a row: then one judgement at a time, farther and farther apart, until one is well; so
 * too when it begins, if an earlier gate of the check was left like that. Whatever is not asked
 * waits on the agenda. Belongs to the runner's thread.
 */
final class CheckGate {
  static final int ASKED_MAX = 256;
  static final int IN_A_ROW_MAX = 20;
  static final Duration PROBE_AFTER_MIN = Duration.ofSeconds(1);
  static final Duration PROBE_AFTER_MAX = Duration.ofMinutes(5);

  private final CheckName check;
  private final Supervision supervision;
  private final BooleanSupplier stuck;
  private final InstantSource clock;
  private int askedMax;
  private int inARow;
  private boolean wasWell;
  private boolean wasStuck;
  private String lastError = "";
  private Duration probeAfter = PROBE_AFTER_MIN;
  private @Nullable Instant probeAt;

  /**
   * @param stuck whether calls have not come back
   */
  CheckGate(CheckName check, Supervision supervision, BooleanSupplier stuck, InstantSource clock) {
    this.check = check;
    this.supervision = supervision;
    this.stuck = stuck;
    this.clock = clock;
    supervision.suspension(check).ifPresent(this::goOnSuspended);
  }

  private void goOnSuspended(String why) {
    lastError = why;
    probeAt = clock.instant().plus(probeAfter);
  }

  /** As it was when it was looked at last. */
  int askedMax() {
    return askedMax;
  }

  boolean isOpen() {
    return askedMax > 0;
  }

  /** Looks at the time, and at what others have decided. */
  void look() {
    tellIfStuck();
    Instant probe = probeAt;
    if (wasStuck || supervision.isPaused(check)) {
      askedMax = 0;
    } else if (probe != null) {
      askedMax = clock.instant().isBefore(probe) ? 0 : 1;
    } else {
      askedMax = ASKED_MAX;
    }
  }

  private void tellIfStuck() {
    boolean isStuck = stuck.getAsBoolean();
    if (isStuck && !wasStuck) {
      supervision.suspended(
          check,
          ("Check '%s' is suspended: calls of it run on although they were given up, and nothing of"
                  + " it is judged until one of them ends. Its triggers wait, and nothing is lost."
                  + " A thread that hears no interrupt ends with the program alone: correct the"
                  + " check and start anew. Where it is stuck: the threads 'check %s' of a dump of"
                  + " the process. Last error: %s")
              .formatted(check, check, lastError));
    } else if (!isStuck && wasStuck && probeAt == null) {
      supervision.resumed(check, "The calls have come back");
    }
    wasStuck = isStuck;
  }

  /** What the check's own code came to, in a flight that is back. */
  void landed(List<Outcome> outcomes) {
    if (!outcomes.isEmpty()) {
      count(outcomes);
    }
    look();
  }

  private void count(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Errored(String error)) {
        inARow++;
        lastError = error;
      } else {
        inARow = 0;
        well();
      }
    }
    if (inARow > 0 && probeAt != null) {
      Duration doubled = probeAfter.multipliedBy(2);
      probeAfter = doubled.compareTo(PROBE_AFTER_MAX) < 0 ? doubled : PROBE_AFTER_MAX;
      probeAt = clock.instant().plus(probeAfter);
    } else if (inARow >= IN_A_ROW_MAX && supervision.suspends()) {
      suspend();
    }
  }

  /** Once since the start even if it never was otherwise, for an incident may be of before that. */
  private void well() {
    if (!wasWell || probeAt != null) {
      wasWell = true;
      resume("It judges again");
    }
  }

  private void suspend() {
    probeAfter = PROBE_AFTER_MIN;
    probeAt = clock.instant().plus(probeAfter);
    supervision.suspended(
        check,
        ("Check '%s' is suspended: its last %d judgements erred. It is tried again now and then,"
                + " at most every %d minutes, with one judgement; all else of it waits, and nothing"
                + " is lost. It goes on by itself when one is well; to have it go on at once:"
                + " overseer check resume %s. Last error: %s")
            .formatted(check, IN_A_ROW_MAX, PROBE_AFTER_MAX.toMinutes(), check, lastError));
  }

  /** Ends a suspension. What does not come back stays away. */
  void resume(String why) {
    probeAt = null;
    inARow = 0;
    if (!wasStuck) {
      supervision.resumed(check, why);
    }
  }

  Optional<Suspended> suspended() {
    return wasStuck || probeAt != null
        ? Optional.of(
            new Suspended(
                check,
                wasStuck ? "calls have not come back" : lastError,
                wasStuck ? Optional.empty() : Optional.ofNullable(probeAt)))
        : Optional.empty();
  }
}
