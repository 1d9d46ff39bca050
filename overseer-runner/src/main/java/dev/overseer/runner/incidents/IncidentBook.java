package dev.overseer.runner.incidents;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.escalation.Notice;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.transitions.Step;
import dev.overseer.runner.transitions.TransitionTable;
import dev.overseer.store.log.AppendLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All incidents, as the journal tells them: one for each kind and subject. Raising what is raised
 * and clearing what is clear change nothing, so that callers may repeat themselves. Every step is
 * durable when the call that took it returns. Safe for many threads.
 */
public final class IncidentBook implements JournalFold {
  /** A text that changes is put on record at most so often. */
  static final Duration CHANGED_MIN = Duration.ofMinutes(1);

  private final AppendLog<JournalEntry> journal;
  private final Escalations escalations;
  private final InstantSource clock;
  private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();

  /** Knows nothing before the journal was replayed to it. */
  public IncidentBook(
      AppendLog<JournalEntry> journal, Escalations escalations, InstantSource clock) {
    this.journal = journal;
    this.escalations = escalations;
    this.clock = clock;
  }

  @Override
  public synchronized void apply(LogOffset offset, JournalEntry entry) {
    if (entry instanceof IncidentTransitioned moved) {
      incidents.put(moved.incident(), Incident.after(incidents.get(moved.incident()), moved));
    }
  }

  /**
   * There is this trouble.
   *
   * @param subject what it befalls, as its kind says
   * @param text for people: what it means and what to do next; another text than before is an
   *     update of the incident, so it should not count or tell the time
   */
  public synchronized void raise(IncidentKind kind, String subject, String text) {
    Instant now = now();
    IncidentId id = IncidentId.of(kind, subject);
    Incident incident = incidents.get(id);
    Cause cause = causeOfRaising(incident, text, now);
    if (cause != null) {
      State from = incident == null ? State.ABSENT : incident.state();
      TransitionTable.find(from, cause)
          .ifPresent(step -> move(id, kind, subject, step, now, new Grounds.Trouble(text)));
    }
  }

  /** The trouble is over, if there was any. */
  public synchronized void clear(IncidentKind kind, String subject, String text) {
    IncidentId id = IncidentId.of(kind, subject);
    Incident incident = incidents.get(id);
    if (incident != null) {
      TransitionTable.find(incident.state(), Cause.PASSED)
          .ifPresent(step -> move(id, kind, subject, step, now(), new Grounds.Trouble(text)));
    }
  }

  /**
   * A person does something about it.
   *
   * @throws InvalidRequest when there is no such incident, or the action is not possible now
   */
  public synchronized Incident act(IncidentId id, String actor, HumanAction action) {
    Incident incident =
        find(id).orElseThrow(() -> new InvalidRequest("There is no incident " + id));
    Instant now = now();
    Step step =
        TransitionTable.get(
            incident.state(),
            action,
            "incident " + incident.kind().word() + " of " + incident.subject());
    move(incident, step, now, Grounds.Person.of(actor, action, now));
    return get(id);
  }

  /** Opens again what was snoozed until now; says whether there was any. */
  public synchronized boolean wake() {
    Instant now = now();
    List<Incident> over =
        incidents.values().stream()
            .filter(each -> each.snoozedUntil().filter(until -> !until.isAfter(now)).isPresent())
            .toList();
    for (Incident incident : over) {
      TransitionTable.find(incident.state(), Cause.SNOOZE_ENDED)
          .ifPresent(step -> move(incident, step, now, new Grounds.Clock()));
    }
    return !over.isEmpty();
  }

  /** Closes those that nobody will clear any more, because what raised them is gone. */
  public synchronized void retire(Predicate<Incident> gone, String why) {
    for (Incident incident : List.copyOf(incidents.values())) {
      if (gone.test(incident)) {
        TransitionTable.find(incident.state(), Cause.RETIRE)
            .ifPresent(step -> move(incident, step, now(), new Grounds.Configuration(why)));
      }
    }
  }

  public synchronized Optional<Incident> find(IncidentId id) {
    return Optional.ofNullable(incidents.get(id));
  }

  /** All that are not closed, the oldest first. */
  public synchronized List<Incident> current() {
    return incidents.values().stream().filter(each -> !each.state().isClosed()).toList();
  }

  private Incident get(IncidentId id) {
    return find(id).orElseThrow();
  }

  private static @Nullable Cause causeOfRaising(
      @Nullable Incident incident, String text, Instant now) {
    if (incident == null || incident.state().isClosed()) {
      return Cause.FAILED;
    }
    if (incident.text().equals(text)) {
      return null;
    }
    if (incident.state() == State.RESOLVED) {
      return Cause.FAILED;
    }
    return now.isBefore(incident.movedAt().plus(CHANGED_MIN)) ? null : Cause.FAILED_OTHERWISE;
  }

  private void move(Incident incident, Step step, Instant now, Grounds grounds) {
    move(incident.id(), incident.kind(), incident.subject(), step, now, grounds);
  }

  private void move(
      IncidentId id, IncidentKind kind, String subject, Step step, Instant now, Grounds grounds) {
    Incident before = incidents.get(id);
    long sequence = before == null ? 1 : before.sequence() + 1;
    Move move = Move.taken(id, sequence, step, now, grounds, escalations.defaults());
    IncidentTransitioned moved = new IncidentTransitioned(id, kind, subject, move);
    Incident after = Incident.after(before, moved);
    List<JournalEntry> entries = new ArrayList<>(List.of(moved));
    entries.addAll(
        escalations.owed(id, step, new Notice.OfIncident(id, kind, subject, move, after.text())));
    journal.appendTogether(entries);
    journal.sync();
    incidents.put(id, after);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
