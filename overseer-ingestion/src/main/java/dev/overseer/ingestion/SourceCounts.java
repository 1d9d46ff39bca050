package dev.overseer.ingestion;

/**
 * What a source has brought since the program started.
 *
 * @param rawBytes of the changes and dead letters, as received
 * @param resent transactions that the source sent again, and that were not stored again
 * @param skipped changes of tables that nobody configured
 * @param clamped transactions that landed below a mark
 * @param jumps times that were not believed
 * @param connections made to the source's log
 * @param disowned transactions that a promoted standby never had
 * @param heartbeats messages of ours that came back in the source's log
 * @param gaps after which everything was read anew
 */
public record SourceCounts(
    long transactions,
    long changes,
    long rawBytes,
    long snapshotRows,
    long resent,
    long skipped,
    long deadLetters,
    long clamped,
    long jumps,
    long marks,
    long connections,
    long gaps,
    long disowned,
    long heartbeats) {}
