package dev.overseer.ingestion;

import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** A configured source: its name, the tables that are wanted of it, and how it is tailed. */
public record SourceDefinition(
    SourceName source, Set<TableName> tables, IngestionSettings settings) {
  public SourceDefinition {
    tables = Collections.unmodifiableSet(new TreeSet<>(tables));
  }

  public SourceDefinition(SourceName source, Collection<TableName> tables) {
    this(source, Set.copyOf(tables), IngestionSettings.DEFAULT);
  }
}
