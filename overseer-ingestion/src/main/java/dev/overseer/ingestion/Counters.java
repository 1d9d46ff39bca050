package dev.overseer.ingestion;

/** {@link SourceCounts} being counted: plain fields, because a change is counted every time. */
final class Counters {
  long transactions;
  long changes;
  long rawBytes;
  long snapshotRows;
  long resent;
  long skipped;
  long deadLetters;
  long clamped;
  long jumps;
  long marks;
  long connections;
  long gaps;
  long disowned;
  long heartbeats;

  /** Readings of a clock that was set back. */
  long setBack;

  /** Not a count: what is kept aside now. */
  long spooledBytes;

  String lastUnreadable = "";

  SourceCounts counts() {
    return new SourceCounts(
        transactions,
        changes,
        rawBytes,
        snapshotRows,
        resent,
        skipped,
        deadLetters,
        clamped,
        jumps,
        marks,
        connections,
        gaps,
        disowned,
        heartbeats);
  }
}
