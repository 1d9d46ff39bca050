package dev.overseer.runner.transitions;

import dev.overseer.model.InvalidRequest;
import java.time.Instant;

/** What a person may do about a violation or an incident. */
public sealed interface HumanAction {

  /** I am on it. */
  record Acknowledge() implements HumanAction {}

  /** Do not tell me before {@code until}, on Overseer's own clock. */
  record Snooze(Instant until) implements HumanAction {}

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

  default Cause cause() {
    return switch (this) {
      case Acknowledge _ -> Cause.ACKNOWLEDGE;
      case Snooze _ -> Cause.SNOOZE;
      case Accept _ -> Cause.ACCEPT;
      case Resolve _ -> Cause.RESOLVE;
    };
  }

  /** What the person gave as the reason; empty for an action that needs none. */
  default String reason() {
    return switch (this) {
      case Acknowledge _, Snooze _ -> "";
      case Accept accept -> accept.reason;
      case Resolve resolve -> resolve.reason;
    };
  }

  private static void requireReason(String action, String reason) {
    if (reason.isBlank()) {
      throw new InvalidRequest(
          "To " + action + " needs a reason: those who look at it later will ask for it");
    }
  }
}
