package dev.overseer.server.desk;

import dev.overseer.model.InvalidRequest;

/**
 * What a person wants of a check.
 *
 * @param by who; anybody's word, for the record
 * @param reason for the record; not needed to resume
 */
public record CheckRequest(Kind kind, String by, String reason) {
  private static final int TEXT_MAX = 2000;

  /** The wishes. */
  public enum Kind {
    /** Judge nothing of it until it is observed or activated. */
    PAUSE,
    /** Judge it, and tell nobody. */
    OBSERVE,
    /** Judge it, and tell. */
    ACTIVATE,
    /** Try it again at once, if it is suspended. */
    RESUME
  }

  public CheckRequest {
    if (by.isBlank() || by.length() > TEXT_MAX || reason.length() > TEXT_MAX) {
      throw new InvalidRequest(
          "Say who wants it, and why, in 1 to %d characters".formatted(TEXT_MAX));
    }
    if (kind != Kind.RESUME && reason.isBlank()) {
      throw new InvalidRequest("Give a reason: those who look at it later will ask for it");
    }
  }
}
