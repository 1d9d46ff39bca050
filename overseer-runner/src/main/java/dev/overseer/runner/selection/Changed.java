package dev.overseer.runner.selection;

import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import java.util.List;

/** What a change concerns. */
public sealed interface Changed {

  /**
   * A record; a change of key concerns two.
   *
   * @param references those that the change carried
   */
  record OneRecord(RecordKey record, Operation operation, List<Reference> references)
      implements Changed {
    public OneRecord {
      references = List.copyOf(references);
    }
  }

  /** All records that there were of a model, which are gone. */
  record AllRecords(ModelName model) implements Changed {}
}
