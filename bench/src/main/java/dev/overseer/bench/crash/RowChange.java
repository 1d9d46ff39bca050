package dev.overseer.bench.crash;

import dev.overseer.model.Operation;
import java.util.List;
import java.util.UUID;

/**
 * One change of one row, as the load made it.
 *
 * @param values after it, as Postgres writes them, in the order of the table's columns; none after
 *     a delete
 */
record RowChange(Table table, UUID id, Operation operation, List<String> values) {
  RowChange {
    values = List.copyOf(values);
  }
}
