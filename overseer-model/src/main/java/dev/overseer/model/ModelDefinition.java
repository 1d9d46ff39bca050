package dev.overseer.model;

import java.util.List;
import java.util.Map;

/**
 * A table of a source seen as records of one kind. One table has at most one model.
 *
 * @param key the columns whose values identify a record, in order
 * @param references for each reference, the model it points to and the columns that hold the
 *     target's key, in the order of the target's key
 */
public record ModelDefinition(
    ModelName name,
    SourceName source,
    TableName table,
    List<String> key,
    Map<ReferenceName, ReferenceDefinition> references) {
  public ModelDefinition {
    key = List.copyOf(key);
    references = Map.copyOf(references);
  }

  /** Where a model keeps a reference, and to what. */
  public record ReferenceDefinition(ModelName target, List<String> columns) {
    public ReferenceDefinition {
      columns = List.copyOf(columns);
    }
  }
}
