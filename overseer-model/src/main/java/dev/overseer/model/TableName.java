package dev.overseer.model;

/**
 * A table (or collection, or topic) of a source, as the source spells it, unquoted. Sources without
 * schemas leave {@code schema} empty.
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

  /** {@code public.withdrawals}; a name without a dot has no schema. */
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new TableName("", text)
        : new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public int compareTo(TableName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return schema.isEmpty() ? name : schema + "." + name;
  }
}
