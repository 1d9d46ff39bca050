package dev.overseer.server.desk;

import dev.overseer.model.InvalidRequest;
import java.util.Optional;

/**
 * What a person wants done about a violation.
 *
 * @param by who; anybody's word, for the record
 * @param reason kept with the action; required to accept and to resolve
 * @param minutes required to snooze: for how long
 */
public record ActionRequest(Kind kind, String by, Optional<String> reason, Optional<Long> minutes) {
  private static final int TEXT_MAX = 2000;

  /** The actions. */
  public enum Kind {
    ACKNOWLEDGE,
    SNOOZE,
    ACCEPT,
    RESOLVE
  }

  public ActionRequest {
    if (by.isBlank()
        || by.length() > TEXT_MAX
        || reason.filter(it -> it.length() > TEXT_MAX).isPresent()) {
      throw new InvalidRequest(
          "Say who does it, and why, in 1 to %d characters".formatted(TEXT_MAX));
    }
    if ((kind == Kind.ACCEPT || kind == Kind.RESOLVE)
        && reason.filter(it -> !it.isBlank()).isEmpty()) {
      throw new InvalidRequest("Give a reason: those who look at it later will ask for it");
    }
    if (kind == Kind.SNOOZE && minutes.filter(it -> it > 0).isEmpty()) {
      throw new InvalidRequest("Say for how many minutes to snooze");
    }
  }
}
