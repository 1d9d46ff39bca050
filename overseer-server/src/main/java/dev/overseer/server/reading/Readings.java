package dev.overseer.server.reading;

/**
 * Reads records and views as of any time. A reading of a covered cut, known at the same offset,
 * gives the same for ever.
 *
 * <p>Every question fails with {@link NotThere} when nothing is named so or was ever stored under
 * that key; with {@link dev.overseer.model.InvalidRequest} when it cannot be answered as it stands,
 * or would take more than one reading may; with {@link dev.overseer.model.Unavailable} when another
 * time may do. Safe for many threads.
 */
public interface Readings {

  /** A record's state, where each of its values comes from, and what was done to its columns. */
  RecordAnswer record(Question question);

  /** What each of a record's updates changed, the last one first. */
  HistoryAnswer history(Question question, Range range);

  /** A record's updates exactly as they were received, the last one first. */
  RawAnswer raw(Question question, Range range);

  /** A root and its members. */
  ViewAnswer view(Question question);

  /** The same, and which references led to each member. */
  ExplanationAnswer explain(Question question);

  /** A record or view as protobuf. */
  byte[] message(What what, Question question);

  /** A {@code google.protobuf.FileDescriptorSet} that reads exactly that message. */
  byte[] descriptors(What what, Question question);

  /**
   * The same of the tables as they are now. It reads every message, but for columns that the tables
   * do not have any more.
   */
  byte[] descriptors(What what, String name);

  /** What a name is of. */
  enum What {
    RECORD,
    VIEW
  }
}
