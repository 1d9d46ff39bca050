package dev.overseer.ingestion;

import dev.overseer.model.SourcePosition;

/** Reads the rows that exist as of one position of a source's log, in bounded pieces. */
public interface SnapshotReading extends AutoCloseable {

  /** Where tailing goes on: exactly the transactions committed from here on are not in the rows. */
  SourcePosition position();

  /** What identifies the snapshot as a transaction: a position before all that are tailed later. */
  SourcePosition commit();

  /**
   * The source's clock, in microseconds since the Unix epoch, read after everything in the rows was
   * committed.
   */
  long sourceMicros();

  /**
   * Hands over, for each table, its schema, one change that empties it, and its rows as {@link
   * dev.overseer.model.Operation#SNAPSHOT}.
   *
   * @return false when everything was handed over
   */
  boolean poll(StreamReceiver into, int changesMax) throws SourceLost;

  @Override
  void close();
}
