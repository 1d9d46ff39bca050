package dev.overseer.runner.simulation;

import dev.overseer.model.CheckName;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.CheckMode;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.journal.JournalEntry.ModeChosen;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.State;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Of which open violations nobody was told since they opened, neither of the one nor of a storm of
 * its check. While a check is not active, nobody is told of its violations.
 */
final class ToldStates {
  private final Map<CheckName, CheckMode> modes = new HashMap<>();
  private final Map<ViolationId, CheckName> checks = new HashMap<>();
  private final Map<ViolationId, CheckName> untold = new HashMap<>();
  private final Map<ViolationId, CheckName> swallowed = new HashMap<>();
  private final Set<CheckName> raging = new HashSet<>();

  static ToldStates of(ReadableLog<JournalEntry> journal) {
    ToldStates states = new ToldStates();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        states.add(reader.record());
      }
    }
    return states;
  }

  private void add(JournalEntry entry) {
    if (entry instanceof ModeChosen chosen) {
      modes.put(chosen.check(), chosen.mode());
    } else if (entry instanceof Transitioned moved) {
      moved(moved);
    } else if (entry instanceof Escalated escalated
        && escalated.subject() instanceof ViolationId id) {
      CheckName check = Optional.ofNullable(checks.get(id)).orElseThrow();
      Invariant.TOLD_WHEN_ACTIVE.require(isActive(check), () -> "Told: " + escalated);
      untold.remove(id);
    } else if (entry instanceof IncidentTransitioned incident
        && incident.kind() == IncidentKind.STORM) {
      raging(new CheckName(incident.subject()), incident.move().to());
    }
  }

  /** What a storm swallows is told by its incident, before or after. */
  private void moved(Transitioned moved) {
    checks.put(moved.violation(), moved.check());
    State to = moved.move().to();
    if (to == State.OPEN && moved.move().from() != State.OPEN) {
      untold.put(moved.violation(), moved.check());
    }
    swallowed.remove(moved.violation());
    if (to != State.OPEN) {
      untold.remove(moved.violation());
    } else if (moved.move().channels().isEmpty()
        && untold.remove(moved.violation()) != null
        && !raging.contains(moved.check())) {
      swallowed.put(moved.violation(), moved.check());
    }
  }

  private void raging(CheckName check, State to) {
    if (to == State.OPEN) {
      raging.add(check);
      swallowed.values().removeIf(check::equals);
    } else {
      raging.remove(check);
    }
  }

  private boolean isActive(CheckName check) {
    return modes.getOrDefault(check, CheckMode.ACTIVE) == CheckMode.ACTIVE;
  }

  /** To be asked when everybody was told who was to be. */
  void hold() {
    Invariant.TOLD_WHEN_ACTIVE.require(swallowed.isEmpty(), () -> "Swallowed: " + swallowed);
    Invariant.TOLD_WHEN_ACTIVE.require(
        untold.values().stream().noneMatch(this::isActive), () -> "Not told: " + untold);
  }
}
