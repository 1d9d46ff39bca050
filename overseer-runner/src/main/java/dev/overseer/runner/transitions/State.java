package dev.overseer.runner.transitions;

import java.util.Locale;

/**
 * Where a violation or an incident stands with people. Whether the data still fail is another
 * matter, kept beside it.
 */
public enum State {
  /** There is none yet. */
  ABSENT,
  OPEN,
  /** Somebody is on it. */
  ACKNOWLEDGED,
  /** Nobody wants to hear of it until a stated time. */
  SNOOZED,
  /** Somebody said why it may stay as it is. */
  ACCEPTED,
  /** Somebody said that it is done. */
  RESOLVED,
  /** The data pass again; the trouble is over. */
  HEALED,
  /** Its check, or whatever raised it, is no longer configured. */
  RETIRED;

  /** Whether nobody is expected to do anything, and the data do not fail. */
  public boolean isClosed() {
    return this == HEALED || this == RETIRED;
  }

  /** As stored and shown: {@code acknowledged}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
