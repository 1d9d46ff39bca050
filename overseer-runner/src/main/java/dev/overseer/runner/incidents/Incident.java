package dev.overseer.runner.incidents;

import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    Optional<Instant> snoozedUntil) {

  /** How it stands after a step that is on record; {@code before} is null at its first. */
  public static Incident after(@Nullable Incident before, IncidentTransitioned moved) {
    Move move = moved.move();
    String text = before == null ? "" : before.text();
    if (move.grounds() instanceof Grounds.Trouble trouble) {
      text = trouble.text();
    }
    Instant openedAt =
        before == null || move.cause() == Cause.FAILED ? move.at() : before.openedAt();
    Optional<Instant> snoozedBefore = before == null ? Optional.empty() : before.snoozedUntil();
    return new Incident(
        moved.incident(),
        moved.kind(),
        moved.subject(),
        move.to(),
        move.sequence(),
        text,
        openedAt,
        move.at(),
        move.snoozedUntil(snoozedBefore));
  }
}
