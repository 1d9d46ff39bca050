package dev.overseer.server.desk;

import java.time.Instant;

/**
 * How an incident stands.
 *
 * @param kind of trouble: {@code source-stale}
 * @param subject what it befell: a source, a check
 * @param text what was said of it last
 * @param openedAt on Overseer's own clock
 * @param changedAt on Overseer's own clock
 */
public record IncidentSummary(
    String id,
    String kind,
    String subject,
    String state,
    String text,
    Instant openedAt,
    Instant changedAt) {}
