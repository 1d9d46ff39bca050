package dev.overseer.runner.violations;

import dev.overseer.model.Stage;
import dev.overseer.runner.incidents.IncidentBook;

/** Opens again what people snoozed, when its time is over, and ends storms. */
public final class Waking implements Stage {
  private final ViolationBook violations;
  private final IncidentBook incidents;

  public Waking(ViolationBook violations, IncidentBook incidents) {
    this.violations = violations;
    this.incidents = incidents;
  }

  @Override
  public boolean step() {
    return violations.wake() | incidents.wake();
  }
}
