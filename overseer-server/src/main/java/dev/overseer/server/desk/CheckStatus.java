package dev.overseer.server.desk;

import java.time.Instant;
import java.util.Optional;

/**
 * How a check stands.
 *
 * @param coveredUntil every trigger up to here is selected and judged
 * @param behindMillis its distance from now, on Overseer's own clock
 * @param green whether none errored, none is inconclusive and no violation is open
 * @param notYetDue triggers whose cut lies ahead
 * @param dueButStale triggers whose cut is past and that wait for a source
 */
public record CheckStatus(
    String name,
    String version,
    String view,
    String strategy,
    String definition,
    Optional<Instant> coveredUntil,
    Optional<Long> behindMillis,
    boolean green,
    long passed,
    long failed,
    long inconclusive,
    long errored,
    long notYetDue,
    long dueButStale,
    long openViolations) {}
