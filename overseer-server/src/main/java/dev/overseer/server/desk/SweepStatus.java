package dev.overseer.server.desk;

import java.time.Instant;
import java.util.Optional;

/**
 * A check's sweep: the one that is under way, or else the last one.
 *
 * @param scope {@code unjudged} or {@code all}
 * @param wantedBy who, and why
 * @param begunAt on Overseer's own clock
 * @param lookedAt records: roots, and those that may belong to a root that was never seen
 * @param records how many there are: empty while they are being counted, and when it has ended
 * @param triggered how many roots were to be judged
 * @param passed complete verdicts of what it triggered
 * @param failed the same
 * @param undecided the same: inconclusive, not applicable or errored
 * @param held why it waits, if it does
 * @param endedAt on Overseer's own clock
 * @param ended how
 */
public record SweepStatus(
    boolean underWay,
    String scope,
    String wantedBy,
    Instant begunAt,
    long lookedAt,
    Optional<Long> records,
    long triggered,
    long passed,
    long failed,
    long undecided,
    Optional<String> held,
    Optional<Instant> endedAt,
    Optional<String> ended) {}
