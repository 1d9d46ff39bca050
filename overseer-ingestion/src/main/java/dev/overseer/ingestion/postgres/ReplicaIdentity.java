package dev.overseer.ingestion.postgres;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an update or a delete says of the row before it. It must name the columns of the model's
 * key, or the record that went cannot be told.
 */
final class ReplicaIdentity {
  private ReplicaIdentity() {}

  /**
   * A condition on {@code c}, a row of pg_class: whether its replica identity names these columns;
   * where there are none, whether it has any.
   */
  static String names(Collection<String> key) {
    return namesAll(columns(key));
  }

  /** Column names as an SQL array. */
  static String columns(Collection<String> names) {
    return names.stream().map(Sql::text).collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
  }

  private static String namesAll(String columns) {
    return """
    (c.relreplident = 'f' OR EXISTS (
          SELECT FROM pg_index i
          WHERE i.indrelid = c.oid
            AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END
            AND ARRAY (SELECT a.attname::text FROM pg_attribute a
                       WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey)) @> %s))\
    """
        .formatted(columns);
  }

  /**
   * A condition on {@code c}: whether its replica identity is the whole row, or names any of these
   * columns.
   *
   * @param columns an expression of type text[]
   */
  static String isFullOrNamesAny(String columns) {
    return """
    (c.relreplident = 'f' OR EXISTS (
          SELECT FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
          WHERE i.indrelid = c.oid
            AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END
            AND k.attname = ANY (%s)))\
    """
        .formatted(columns);
  }

  /**
   * A condition on {@code c}: whether a change of it may come that lacks one of these columns. From
   * a table without any identity none comes: once it is published the server refuses to update and
   * to delete its rows.
   *
   * @param columns an expression of type text[]
   */
  static String isTooWeak(String columns) {
    return namesAll(columns(List.of())) + " AND NOT " + namesAll(columns);
  }

  /**
   * A condition on {@code c}: whether it is this table, or a partition of it.
   *
   * @param table an expression of type regclass
   */
  static String isOf(String table) {
    return "(c.oid = %1$s OR c.oid IN (SELECT relid FROM pg_partition_tree(%1$s)))"
        .formatted(table);
  }
}
