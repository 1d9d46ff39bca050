package dev.overseer.store.index;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import java.util.List;

/**
 * What updates change of totals: known to whoever can fold a record's state just before its update
 * and just after it, once the index has the update.
 */
public interface TotalChanges {

  /** Whether any total looks at records of the model. */
  boolean lookAt(ModelName model);

  /** Entries that say what the update of the record changed. */
  List<IndexEntry> of(RecordKey record, IndexedUpdate update);

  /** There are no totals. */
  TotalChanges NONE =
      new TotalChanges() {
        @Override
        public boolean lookAt(ModelName model) {
          return false;
        }

        @Override
        public List<IndexEntry> of(RecordKey record, IndexedUpdate update) {
          return List.of();
        }
      };
}
