package dev.overseer.ingestion;

import dev.overseer.model.Operation;

/** What ingestion needs to know of a source's changes while it reads existing rows. Pure. */
public interface RowFormat {

  /** Which rows a change concerns; their keys are those of {@link Chunk.Row}. */
  RowTouch touch(byte[] schema, Operation operation, byte[] raw);

  /** Which table a schema is of, whatever its name was or is. */
  String identity(byte[] schema);

  /** The change that empties the table of {@code schema}. */
  byte[] emptying(byte[] schema);
}
