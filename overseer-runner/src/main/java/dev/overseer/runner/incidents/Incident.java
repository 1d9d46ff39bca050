package dev.overseer.runner.incidents;

import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.transitions.State;
import java.time.Instant;
import java.util.Optional;

/**
 * A trouble, as it stands. All instants are on Overseer's own clock.
 *
 * @param subject what it befalls, as its kind says
 * @param sequence of its last step
 * @param text what whoever raised it says of it
 * @param openedAt when it opened, or opened again, last
 * @param movedAt when it took its last step
 * @param snoozedUntil while it is snoozed
 */
public record Incident(
    IncidentId id,
    IncidentKind kind,
    String subject,
    State state,
    long sequence,
    String text,
    Instant openedAt,
    Instant movedAt,
    Optional<Instant> snoozedUntil) {}
