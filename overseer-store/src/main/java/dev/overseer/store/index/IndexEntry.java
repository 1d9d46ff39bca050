package dev.overseer.store.index;

import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;

/** One thing that a change adds to the index. Adding the same again changes nothing. */
public sealed interface IndexEntry {

  /** The record has this update. */
  record OfRecord(RecordKey record, IndexedUpdate update) implements IndexEntry {}

  /** The table was emptied by this update. */
  record OfTable(SourceName source, TableName table, IndexedUpdate update) implements IndexEntry {}

  /** The record's update carried this reference. */
  record OfReference(RecordKey record, Reference reference) implements IndexEntry {}
}
