package dev.overseer.runner.selection;

import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import java.util.List;

/**
 * A record that a change concerns. A change of key concerns two.
 *
 * @param references those that the change carried
 */
public record ChangedRecord(RecordKey record, Operation operation, List<Reference> references) {
  public ChangedRecord {
    references = List.copyOf(references);
  }
}
