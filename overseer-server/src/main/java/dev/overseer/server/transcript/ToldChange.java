package dev.overseer.server.transcript;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.TableName;
import dev.overseer.model.Value;
import dev.overseer.server.json.Json;
import dev.overseer.server.json.ValueJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a change's bytes say, as far as they can be read.
 *
 * @param table empty for an annotation
 * @param model the table's, if the configuration has one
 * @param key the record that it is a change of, where there is a model
 * @param others records that it concerns besides: the one whose key it took away, or those that an
 *     annotation names
 * @param values of its row, as sent: what the source left out is unknown
 * @param fault why not all of it can be read
 */
public record ToldChange(
    Optional<TableName> table,
    Optional<ModelName> model,
    Optional<RecordKey> key,
    List<RecordKey> others,
    Map<String, Value> values,
    Optional<String> fault) {
  public ToldChange {
    others = List.copyOf(others);
  }

  boolean concerns(RecordKey record) {
    return key.equals(Optional.of(record)) || others.contains(record);
  }

  /** {@link #values} as a transcript has them. */
  public String valuesAsJson() {
    return Json.write(ValueJson.of(values));
  }
}
