package dev.overseer.ingestion;

import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
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
 * @param treated the columns whose values are stored otherwise than the source has them, by table,
 *     in the order of their names
 */
public record SourceDefinition(
    SourceName source,
    Set<TableName> tables,
    Map<TableName, List<String>> keys,
    IngestionSettings settings,
    Map<TableName, List<TreatedColumn>> treated) {
  public SourceDefinition {
    tables = Collections.unmodifiableSet(new TreeSet<>(tables));
    keys = Map.copyOf(keys);
    treated = Map.copyOf(treated);
  }

  /** Of which nothing is treated. */
  public SourceDefinition(
      SourceName source,
      Set<TableName> tables,
      Map<TableName, List<String>> keys,
      IngestionSettings settings) {
    this(source, tables, keys, settings, Map.of());
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

  /** The treated columns of a table. */
  public List<TreatedColumn> treatedOf(TableName table) {
    return treated.getOrDefault(table, List.of());
  }

  /** The columns of a table that are stored nowhere, and need not leave the source. */
  public List<String> droppedOf(TableName table) {
    return treatedOf(table).stream()
        .filter(column -> column.treatment() instanceof Treatment.Drop)
        .map(TreatedColumn::name)
        .toList();
  }
}
