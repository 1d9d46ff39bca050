package dev.overseer.server.metrics;

import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.transitions.State;
import io.micrometer.core.instrument.Tags;
import java.util.EnumSet;
import java.util.Set;

/** What troubles Overseer itself. */
public final class IncidentMetrics {
  private static final Set<State> UNRESOLVED =
      EnumSet.of(State.OPEN, State.ACKNOWLEDGED, State.SNOOZED);

  private IncidentMetrics() {}

  public static void register(Metrics metrics, IncidentBook incidents) {
    for (IncidentKind kind : IncidentKind.values()) {
      metrics.gauge(
          Tags.of("kind", kind.word()),
          "overseer.incidents.open",
          "Incidents that are open, acknowledged or snoozed",
          () -> incidents.current().stream().filter(it -> isOpen(it, kind)).count());
    }
  }

  private static boolean isOpen(Incident incident, IncidentKind kind) {
    return incident.kind() == kind && UNRESOLVED.contains(incident.state());
  }
}
