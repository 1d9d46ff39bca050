package dev.overseer.server.desk;

import java.time.Instant;
import java.util.Optional;

/**
 * How a check stands.
 *
 * @param definition its hash
 * @param description the definition, for people
 * @param mode active, observe or paused
 * @param modeReason who chose it and why, if anybody did
 * @param suspended why nothing of it is judged for the present, where that is so
 * @param activatedAt since when it applies, on Overseer's own clock
 * @param from triggers before this are ignored; empty: none are
 * @param coveredUntil every trigger up to here is selected and judged
 * @param behindMillis its distance from now, on Overseer's own clock
 * @param green whether none failed, errored or is inconclusive, and no violation is open
 * @param failed roots whose data fail
 * @param inconclusive roots of which the last complete verdict could not tell
 * @param errored roots in whose last complete verdict the check itself failed
 * @param notYetDue triggers whose cut no source has reached
 * @param dueButStale triggers that wait for a source
 * @param sweep the one that is under way, or the last one, where a server runs that knows of any
 */
public record CheckStatus(
    String name,
    String definition,
    String description,
    String mode,
    Optional<String> modeReason,
    Optional<String> suspended,
    Optional<Instant> activatedAt,
    Optional<Instant> from,
    Optional<Instant> coveredUntil,
    Optional<Long> behindMillis,
    boolean green,
    long failed,
    long inconclusive,
    long errored,
    long notYetDue,
    long dueButStale,
    long openViolations,
    Optional<SweepStatus> sweep) {}
