package dev.overseer.bench.oracle;

import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server shows at one moment.
 *
 * @param visible whose transactions these rows were made by
 * @param tables the rows of every table
 */
record Snapshot(int number, VisibleTransactions visible, Map<WorkTable, Rows> tables) {

  /**
   * A table's rows, their values in the server's own text.
   *
   * @param columns in the order of each row's values
   * @param naming which of them Overseer can know
   */
  record Rows(List<String> columns, Naming naming, Map<RecordKey, @Nullable String[]> byKey) {}

  /** How a column of the server's is named in what Overseer knows of a row, if it is. */
  @FunctionalInterface
  interface Naming {
    Naming SAME = (column, _) -> Optional.of(column);

    Optional<String> name(String column, @Nullable String[] row);
  }

  /** Only what there is of one source. */
  Snapshot of(SourceName source) {
    Map<WorkTable, Rows> some = new LinkedHashMap<>(tables);
    some.keySet().removeIf(table -> !table.source().equals(source));
    return new Snapshot(number, visible, some);
  }

  /** Without tables that another may have taken the name of since. */
  Snapshot withoutSwapped() {
    Map<WorkTable, Rows> some = new LinkedHashMap<>(tables);
    some.keySet().removeIf(table -> table.is(WorkTable.Trait.SWAPPED));
    return new Snapshot(number, visible, some);
  }

  @Override
  public String toString() {
    return "snapshot " + number;
  }
}
