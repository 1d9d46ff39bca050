package dev.overseer.runner.transitions;

import dev.overseer.model.InvalidRequest;
import java.time.Instant;

/** What a person may do about a violation or an incident; why they do it stays on record. */
public sealed interface HumanAction {

  /** I am on it. */
  record Acknowledge(String reason) implements HumanAction {}

  /** Do not tell me before {@code until}, on Overseer's own clock. */
  record Snooze(Instant until, String reason) implements HumanAction {}

  /** It may stay as it is, while it fails for the same reasons. */
  record Accept(String reason) implements HumanAction {
    public Accept {
      requireReason("accept", reason);
    }
  }

  /** It is done; told so because the data cannot tell, or cannot tell yet. */
  record Resolve(String reason) implements HumanAction {
    public Resolve {
      requireReason("resolve", reason);
    }
  }

  /** In the person's own words; may be empty where none is required. */
  String reason();

  default Cause cause() {
    return switch (this) {
      case Acknowledge _ -> Cause.ACKNOWLEDGE;
      case Snooze _ -> Cause.SNOOZE;
      case Accept _ -> Cause.ACCEPT;
      case Resolve _ -> Cause.RESOLVE;
    };
  }

  private static void requireReason(String action, String reason) {
    if (reason.isBlank()) {
      throw new InvalidRequest(
          "To " + action + " needs a reason: those who look at it later will ask for it");
    }
  }
}
