package dev.overseer.runner.incidents;

import dev.overseer.model.CheckName;
import dev.overseer.runner.Supervision;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.sweep.Sweeps;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes an incident of every suspension. */
public record SuspendedChecks(IncidentBook incidents, Predicate<CheckName> paused, Sweeps sweeps)
    implements Supervision {

  @Override
  public boolean isPaused(CheckName check) {
    return paused.test(check);
  }

  @Override
  public boolean suspends() {
    return true;
  }

  @Override
  public Optional<String> suspension(CheckName check) {
    return incidents.current().stream()
        .filter(open -> open.kind() == IncidentKind.CHECK_SUSPENDED)
        .filter(open -> open.subject().equals(check.value()))
        .map(Incident::text)
        .findFirst();
  }

  @Override
  public void suspended(CheckName check, String why) {
    incidents.raise(IncidentKind.CHECK_SUSPENDED, check.value(), why);
  }

  @Override
  public void resumed(CheckName check, String why) {
    incidents.clear(IncidentKind.CHECK_SUSPENDED, check.value(), why);
  }
}
