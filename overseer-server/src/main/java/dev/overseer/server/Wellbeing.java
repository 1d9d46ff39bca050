package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.CheckName;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.scheduling.Scheduler;
import dev.overseer.server.desk.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether Overseer would find now what is wrong with the data, and tell it: every stage lives,
 * every source is heard, every check comes on, the canary is found, and what is to be told is
 * delivered. What is wrong with the data is another matter. Safe for many threads.
 */
final class Wellbeing implements Supplier<List<String>> {
  /** Beyond what a check's strategy asks for. */
  static final Duration BEHIND_MAX = Duration.ofMinutes(5);

  private static final Set<IncidentKind> AILMENTS =
      Set.of(IncidentKind.UNDELIVERED, IncidentKind.CANARY_SILENT);

  private final Supplier<Readiness> readiness;
  private final Supplier<List<Coverage>> coverage;
  private final IncidentBook incidents;
  private final InstantSource clock;
  private final Map<CheckName, Duration> delays = new HashMap<>();

  Wellbeing(
      Supplier<Readiness> readiness,
      Supplier<List<Coverage>> coverage,
      List<CheckDefinition<?>> checks,
      IncidentBook incidents,
      InstantSource clock) {
    this.readiness = readiness;
    this.coverage = coverage;
    this.incidents = incidents;
    this.clock = clock;
    checks.forEach(check -> delays.put(check.name(), Scheduler.delay(check.strategy())));
  }

  /** Why all is not well, for people; empty when it is. */
  @Override
  public List<String> get() {
    List<String> reasons = new ArrayList<>(readiness.get().reasons());
    Instant now = clock.instant();
    for (Coverage check : coverage.get()) {
      behind(check, now).ifPresent(reasons::add);
    }
    incidents.current().stream()
        .filter(incident -> AILMENTS.contains(incident.kind()))
        .map(Incident::text)
        .forEach(reasons::add);
    return reasons;
  }

  private Optional<String> behind(Coverage check, Instant now) {
    Duration delay = delays.get(check.check());
    if (delay == null) {
      return Optional.empty();
    }
    Instant expected = now.minus(delay).minus(BEHIND_MAX);
    Optional<Instant> upTo = DeskRows.instant(check.upTo());
    return upTo.filter(it -> !it.isBefore(expected)).isPresent()
        ? Optional.empty()
        : Optional.of(
            "check '%s' is behind: it covers %s"
                .formatted(
                    check.check(),
                    upTo.map(it -> "what happened up to " + it).orElse("nothing yet")));
  }
}
