package dev.overseer.runner.projection;

import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.violations.Violation;
import java.util.List;
import java.util.Optional;

/**
 * All that is on record of a violation.
 *
 * @param steps the first one first
 * @param failure the latest complete verdict that failed, with its evidence
 * @param deliveries what was and is owed for it, the first owed first
 */
public record ViolationHistory(
    Violation violation, List<Move> steps, Optional<Judged> failure, List<DeliveryRow> deliveries) {
  public ViolationHistory {
    steps = List.copyOf(steps);
    deliveries = List.copyOf(deliveries);
  }
}
