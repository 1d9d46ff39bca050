package dev.overseer.ingestion;

import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A configured source: its name, the tables that are wanted of it, and how it is tailed.
 *
 * @param keys the columns that tell a table's records apart, which its log must name at every
 *     change; none of a table that has no model
 */
public record SourceDefinition(
    SourceName source,
    Set<TableName> tables,
    Map<TableName, List<String>> keys,
    IngestionSettings settings) {
  public SourceDefinition {
    tables = Collections.unmodifiableSet(new TreeSet<>(tables));
    keys = Map.copyOf(keys);
  }

  /** Of which no table has a model. */
  public SourceDefinition(
      SourceName source, Collection<TableName> tables, IngestionSettings settings) {
    this(source, Set.copyOf(tables), Map.of(), settings);
  }

  public SourceDefinition(SourceName source, Collection<TableName> tables) {
    this(source, tables, IngestionSettings.DEFAULT);
  }

  /** The columns that a change of the table must name; none where no model asks for any. */
  public List<String> keyOf(TableName table) {
    return keys.getOrDefault(table, List.of());
  }
}
