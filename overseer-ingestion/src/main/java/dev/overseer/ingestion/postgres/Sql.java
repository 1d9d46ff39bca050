package dev.overseer.ingestion.postgres;

import dev.overseer.model.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as SQL writes them. */
final class Sql {
  private Sql() {}

  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String name(TableName table) {
    return name(table.schema()) + "." + name(table.name());
  }

  static String names(Collection<TableName> tables) {
    return tables.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
