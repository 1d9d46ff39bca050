package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.TreatedTable;

/** What becomes of a table's changes as they come in. */
sealed interface TableView {

  record AsItIs() implements TableView {}

  record Treated(TreatedTable table) implements TableView {}

  /** Nobody configured it: nothing of it is kept. */
  record Unwanted() implements TableView {}
}
