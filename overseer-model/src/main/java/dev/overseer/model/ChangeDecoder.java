package dev.overseer.model;

import java.util.List;
import java.util.Optional;

/**
 * Reads from one raw change what the index needs: which records it concerns and which references it
 * carries. Pure and stateless; never aggregates. One per wire format; safe for many threads.
 */
public interface ChangeDecoder {

  /**
   * Fails with {@link Undecodable} when the bytes are not a change of this schema: a dead letter,
   * which says whose state can no longer be told.
   */
  Decoded decode(LogRecord.Schema schema, LogRecord.Change change, ModelDefinition model)
      throws Undecodable;

  /**
   * The records of its source that an annotation names; none when it is not meant for us.
   *
   * <p>Fails with {@link Undecodable} when it is, and cannot be read or names what there is not.
   */
  default List<RecordKey> annotated(LogRecord.Change annotation, Definitions definitions)
      throws Undecodable {
    return List.of();
  }

  /**
   * What a change concerns.
   *
   * @param key the record after the change; for a delete, the record removed; empty for a change of
   *     the whole table
   * @param previousKey the record's key before the change, where the change moved it
   * @param references those whose every column was sent and is not null
   */
  record Decoded(
      Optional<RecordKey> key, Optional<RecordKey> previousKey, List<Reference> references) {
    public Decoded {
      references = List.copyOf(references);
    }
  }

  /** How far what an undecodable change did may reach. */
  sealed interface Reach {
    /** It was of a row that is no record of the model. */
    record NoRecord() implements Reach {}

    /** Of this record, which cannot be told from there on. */
    record OneRecord(RecordKey record) implements Reach {}

    /** It may have been of any record of its table. */
    record WholeTable() implements Reach {}
  }

  /** The bytes cannot be read as what they should be. */
  final class Undecodable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reach reach;

    public Undecodable(String message) {
      this(message, new Reach.WholeTable());
    }

    public Undecodable(String message, Reach reach) {
      super(message);
      this.reach = reach;
    }

    public Reach reach() {
      return reach;
    }
  }
}
