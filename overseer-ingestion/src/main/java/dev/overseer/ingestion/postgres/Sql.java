package dev.overseer.ingestion.postgres;

import dev.overseer.model.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as SQL writes them. */
public final class Sql {
  private Sql() {}

  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static String name(TableName table) {
    return name(table.schema()) + "." + name(table.name());
  }

  static String names(Collection<TableName> tables) {
    return tables.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  public static String columns(Collection<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  public static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
