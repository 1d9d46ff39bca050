package dev.overseer.runner.projection;

import dev.overseer.runner.journal.DeliveryId;
import java.time.Instant;

/**
 * A delivery, and what became of it.
 *
 * @param subject the id of the violation or incident
 * @param state {@code owed}, {@code delivered} or {@code given-up}
 * @param attempts failed ones on record
 * @param error of the last failed one; empty when there was none, or it was delivered after all
 */
public record DeliveryRow(
    DeliveryId id,
    String subject,
    long sequence,
    String channel,
    String state,
    int attempts,
    String error,
    Instant owedAt,
    Instant movedAt) {}
