package dev.overseer.server.reading;

import java.time.Instant;

/**
 * One update.
 *
 * @param offset of its change in the update log
 * @param id its identity: source, transaction and ordinal
 * @param operation {@code insert}, {@code update}, {@code delete}, {@code snapshot}, {@code
 *     truncate} or {@code annotation}
 * @param effectiveTime of its transaction
 * @param commitTime of its transaction, on the source's clock
 * @param known the log offset from which on it was known: its transaction's commit is before it
 */
public record UpdateReading(
    long offset,
    String id,
    String operation,
    Instant effectiveTime,
    Instant commitTime,
    long known) {}
