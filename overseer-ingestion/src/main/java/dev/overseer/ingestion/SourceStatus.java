package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a source is doing. Instants are on our clock.
 *
 * @param phaseSince when {@code phase} began
 * @param heardAt when the source last gave a sign of life
 * @param received everything before it was handed to the log
 * @param confirmed told to the source: it need not keep anything before it
 * @param sourceEnd the end of the source's own log when it was last read
 * @param lagBytes from {@code received} to {@code sourceEnd}
 * @param spooledBytes on disk, of transactions that the source sends before they have ended
 * @param retryAt when to connect next, while not connected
 * @param retainedBytes of its log that the source keeps for us, when that was last read
 * @param reading how far the reading of existing rows has come; empty when there is none to do
 * @param lastFailure why the last connection ended, or was refused; stays until one has lasted
 */
public record SourceStatus(
    SourceName source,
    Phase phase,
    Instant phaseSince,
    Optional<Instant> heardAt,
    Optional<Incarnation> incarnation,
    Optional<SourcePosition> received,
    Optional<SourcePosition> confirmed,
    Optional<SourcePosition> sourceEnd,
    long lagBytes,
    EffectiveTime watermark,
    long spooledBytes,
    Optional<Instant> retryAt,
    OptionalLong retainedBytes,
    Optional<ReadingProgress> reading,
    Optional<String> lastFailure,
    SourceCounts counts) {

  /** What the source is busy with. */
  public enum Phase {
    /** Not connected: about to connect, or waiting before the next attempt. */
    DISCONNECTED,
    /** Follows the source's log, and not all rows that existed before are in ours yet. */
    SNAPSHOTTING,
    /** Follows the source's log. */
    TAILING
  }
}
