package dev.overseer.runner.escalation;

import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.DeliveryId;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.runner.journal.SubjectId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is owed and not yet delivered, in the order in which it came to be owed. It holds where the
 * bodies are, not the bodies. Belongs to one thread.
 */
public final class Outbox implements JournalFold {
  private final Map<DeliveryId, Owed> owed = new LinkedHashMap<>();
  private LogOffset next = LogOffset.ZERO;

  /** One delivery to be made. */
  record Owed(DeliveryId id, LogOffset offset, Lane lane, Instant since) {}

  /** Deliveries that must arrive in order. */
  record Lane(String channel, SubjectId subject) {}

  @Override
  public void apply(LogOffset offset, JournalEntry entry) {
    next = offset.next();
    switch (entry) {
      case JournalEntry.Escalated escalated ->
          owed.put(
              escalated.id(),
              new Owed(
                  escalated.id(),
                  offset,
                  new Lane(escalated.channel(), escalated.subject()),
                  escalated.at()));
      case JournalEntry.Delivered delivered -> owed.remove(delivered.id());
      case JournalEntry.DeliveryGivenUp givenUp -> owed.remove(givenUp.id());
      case JournalEntry.Activated _,
          JournalEntry.ChangesDeleted _,
          JournalEntry.SubjectErased _,
          JournalEntry.Judged _,
          JournalEntry.QuietVerdicts _,
          JournalEntry.Transitioned _,
          JournalEntry.IncidentTransitioned _,
          JournalEntry.ModeChosen _,
          JournalEntry.OfSweep _,
          JournalEntry.DeliveryFailed _ -> {}
    }
  }

  Map<DeliveryId, Owed> owed() {
    return owed;
  }

  /** The first offset of the journal that is not applied. */
  LogOffset next() {
    return next;
  }
}
