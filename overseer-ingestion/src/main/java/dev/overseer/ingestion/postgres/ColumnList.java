package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.TableName;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which columns a table is published with, where some are dropped: all others, so that these never
 * leave the server. Servers before 15 know no lists, and a list must cover the replica identity, or
 * the server would refuse updates: then the columns are removed as they come in.
 */
final class ColumnList {
  /**
   * A list in parentheses after a blank, or nothing; of {@code t}, a regclass, and {@code dropped},
   * a text[].
   */
  static final String TEXT =
      """
      SELECT CASE
        WHEN current_setting('server_version_num')::int >= 150000 AND NOT EXISTS (
          SELECT FROM pg_class c WHERE %s AND c.relkind = 'r' AND %s)
        THEN ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
        ELSE '' END
      FROM pg_attribute a
      WHERE a.attrelid = t AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND a.attname <> ALL (dropped)\
      """
          .formatted(ReplicaIdentity.isOf("t"), ReplicaIdentity.isFullOrNamesAny("dropped"));

  private final Questions questions;
  private final TableName table;
  private final List<TreatedColumn> treated;
  private final List<String> dropped;

  ColumnList(Questions questions, SourceDefinition definition, TableName table) {
    this.questions = questions;
    this.table = table;
    this.treated = definition.treatedOf(table);
    this.dropped = definition.droppedOf(table);
  }

  /**
   * As SQL writes it behind the table's name; empty where there is none.
   *
   * @throws InvalidRequest where what is configured cannot be kept
   */
  String text() throws SQLException {
    requireColumns();
    refuseDroppedIdentity();
    return dropped.isEmpty()
        ? ""
        : questions
            .row(
                "SELECT (%s) FROM (SELECT %s::regclass AS t, %s AS dropped) d"
                    .formatted(TEXT, Sql.text(Sql.name(table)), ReplicaIdentity.columns(dropped)))
            .text(1);
  }

  /** All columns of the table. */
  Set<String> columns() throws SQLException {
    return questions
        .rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT"
                + " attisdropped",
            Sql.name(table))
        .stream()
        .map(row -> row.text(1))
        .collect(Collectors.toSet());
  }

  /**
   * A name that is not there may be misspelt, and then its column would not be treated.
   *
   * @throws InvalidRequest where one is not there
   */
  void requireColumns() throws SQLException {
    if (treated.isEmpty()) {
      return;
    }
    Set<String> missing = new TreeSet<>();
    for (TreatedColumn column : treated) {
      missing.add(column.name());
      if (column.treatment() instanceof Treatment.Encrypt(String subject, String _)) {
        missing.add(subject);
      }
    }
    missing.removeAll(columns());
    if (!missing.isEmpty()) {
      throw new InvalidRequest(
          "Table %s has no column %s, which 'treat' names: nothing of it is taken in before every treated column is there, since another one may hold what must not be stored"
              .formatted(table, String.join(", ", missing)));
    }
  }

  private void refuseDroppedIdentity() throws SQLException {
    if (dropped.isEmpty()) {
      return;
    }
    boolean isDropped =
        questions
            .row(
                "SELECT EXISTS (SELECT FROM pg_class c WHERE %s AND c.relreplident <> 'f' AND %s)"
                    .formatted(
                        ReplicaIdentity.isOf(Sql.text(Sql.name(table)) + "::regclass"),
                        ReplicaIdentity.isFullOrNamesAny(ReplicaIdentity.columns(dropped))))
            .is(1);
    if (isDropped) {
      throw new InvalidRequest(
          "Table %s tells its rows apart by a column that 'treat' drops (%s): hash it instead, or give the table another replica identity"
              .formatted(table, String.join(", ", dropped)));
    }
  }
}
