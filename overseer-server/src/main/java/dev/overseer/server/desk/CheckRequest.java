package dev.overseer.server.desk;

import dev.overseer.model.InvalidRequest;
import java.util.Locale;

/**
 * What a person wants of a check.
 *
 * @param by who; anybody's word, for the record
 * @param reason for the record; not needed to resume, nor for a sweep
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
    RESUME,
    /** Have it judge the roots that no update has triggered under its definition. */
    SWEEP,
    /** Have it judge all roots. */
    SWEEP_ALL,
    /** No more of its sweep. */
    STOP_SWEEP;

    /** As it is asked for over HTTP: {@code sweep-all}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean needsReason() {
      return switch (this) {
        case PAUSE, OBSERVE, ACTIVATE -> true;
        case RESUME, SWEEP, SWEEP_ALL, STOP_SWEEP -> false;
      };
    }
  }

  public CheckRequest {
    if (by.isBlank() || by.length() > TEXT_MAX || reason.length() > TEXT_MAX) {
      throw new InvalidRequest(
          "Say who wants it, and why, in 1 to %d characters".formatted(TEXT_MAX));
    }
    if (kind.needsReason() && reason.isBlank()) {
      throw new InvalidRequest("Give a reason: those who look at it later will ask for it");
    }
  }
}
