package dev.overseer.model;

/**
 * Folds a record's changes, in source order, into its state. Pure and stateless, so an aggregator
 * can be corrected with no backfill. One per wire format; safe for many threads.
 *
 * <p>The fold starts from {@link RecordState#NEVER_SEEN}, or, after a change of key, from the state
 * of the record under its previous key. A value that the source did not send is carried from the
 * last known value of the same incarnation of the record, or is unknown.
 */
public interface RecordAggregator {

  /**
   * The record's state after {@code change}, given its state before.
   *
   * @param role which of its keys the record is looked at under
   */
  RecordState fold(RecordState before, LogRecord.Schema schema, LogRecord.Change change, Role role);

  /**
   * Whether {@link #fold} gives the same whatever the state before, under any role: earlier changes
   * need not be read.
   */
  default boolean startsAnew(LogRecord.Change change) {
    return false;
  }

  /** A change of key is one change in the history of two keys. */
  enum Role {
    /** The change is of this key: it stays the record's key. */
    SAME_KEY,
    /** The change gave the record this key; the state before is that of the old key. */
    NEW_KEY,
    /** The change took this key from the record: to the old key it is a removal. */
    OLD_KEY
  }
}
