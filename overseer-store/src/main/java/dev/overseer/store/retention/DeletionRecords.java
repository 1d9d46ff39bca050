package dev.overseer.store.retention;

import java.util.Optional;

/** Where deletions are put on record before they happen: the journal. */
public interface DeletionRecords {

  /** The record is durable when this returns. */
  void put(Deletion deletion);

  /** Whether the archive, if there is one, has the last record too. */
  boolean areSafe();

  /** The last one that was put, by whatever process. */
  Optional<Deletion> last();
}
