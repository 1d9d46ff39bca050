package dev.overseer.runner.transitions;

import java.util.Locale;

/** What asks for a step. For an incident, failed is raised and passed is cleared. */
public enum Cause {
  /** The data fail, and did not before; or fail again after somebody called it done. */
  FAILED(false),
  /** The data fail as before, for other reasons. */
  FAILED_OTHERWISE(false),
  /** The data pass. */
  PASSED(false),
  SNOOZE_ENDED(false),
  /** Its check is active, and nobody was told that it is open. */
  ACTIVATED(false),
  ACKNOWLEDGE(true),
  SNOOZE(true),
  ACCEPT(true),
  RESOLVE(true),
  /** The check is no longer configured. */
  RETIRE(false);

  private final boolean byPerson;

  Cause(boolean byPerson) {
    this.byPerson = byPerson;
  }

  public boolean isByPerson() {
    return byPerson;
  }

  /** As stored and shown: {@code failed otherwise}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
