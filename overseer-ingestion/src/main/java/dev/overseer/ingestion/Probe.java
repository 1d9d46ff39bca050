package dev.overseer.ingestion;

import dev.overseer.model.Incarnation;
import dev.overseer.model.SourcePosition;

/**
 * One reading of a source's clock and, taken after it, of its log: whatever was committed and
 * visible by then is before {@code position}.
 *
 * @param sourceMicros the source's clock, in microseconds since the Unix epoch
 * @param position the end of the source's log, read last
 * @param inProgress transactions that had begun to write and not ended, read between the two, in
 *     ascending order
 */
public record Probe(
    Incarnation incarnation, long sourceMicros, SourcePosition position, long[] inProgress) {}
