package dev.overseer.model;

import java.util.Map;

/** What is known of a record as of some time. */
public sealed interface RecordState {

  /** No update of this key was seen up to then. */
  record NeverSeen() implements RecordState {}

  /** Its last update removed it (or its table was truncated after). */
  record Deleted() implements RecordState {}

  /**
   * It exists. {@code values} has every column that the source's schema named at its last update.
   */
  record Present(Map<String, Value> values) implements RecordState {
    /** The value of a column; {@link Value.Unknown} when the schema has no such column. */
    public Value value(String column) {
      Value value = values.get(column);
      return value == null ? new Value.Unknown("no column '" + column + "' was sent") : value;
    }
  }

  /** It cannot be told, for a stated reason: a dead letter, say. */
  record Unreadable(String reason) implements RecordState {}

  RecordState NEVER_SEEN = new NeverSeen();
  RecordState DELETED = new Deleted();
}
