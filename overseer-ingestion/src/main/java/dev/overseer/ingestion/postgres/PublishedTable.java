package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as its publication shows it: the columns and the rows that pgoutput would send of it.
 *
 * @param filter the publication's condition on rows
 */
record PublishedTable(PgOutput.Relation relation, boolean isPartitioned, Optional<String> filter) {

  /** Columns as pgoutput lists them: in their order, without dropped and unpublished ones. */
  private static final String COLUMNS =
      """
      SELECT c.oid::bigint, c.relkind, c.relreplident, a.attname, a.atttypid::bigint, a.atttypmod,
             c.relreplident = 'f' OR EXISTS (
               SELECT FROM pg_index i
               WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey) AND i.indimmediate
                 AND (CASE c.relreplident WHEN 'd' THEN i.indisprimary
                                          WHEN 'i' THEN i.indisreplident END))
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = ? AND c.relname = ? AND %s
      ORDER BY a.attnum
      """;

  private static final String EVERY_COLUMN = "a.attgenerated = ''";
  private static final String LISTED_COLUMNS = "a.attname = ANY (?::name[])";
  private static final int LISTS_SINCE = 15;

  /** What a publication restricts a table to. */
  private record Restriction(Optional<String[]> columns, Optional<String> rows) {}

  static PublishedTable read(Connection connection, String publication, TableName table)
      throws SQLException {
    Restriction restriction =
        connection.getMetaData().getDatabaseMajorVersion() < LISTS_SINCE
            ? new Restriction(Optional.empty(), Optional.empty())
            : restriction(connection, publication, table);
    String query =
        COLUMNS.formatted(restriction.columns().isPresent() ? LISTED_COLUMNS : EVERY_COLUMN);
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      if (restriction.columns().isPresent()) {
        statement.setArray(3, connection.createArrayOf("text", restriction.columns().get()));
      }
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows, table, restriction.rows());
      }
    }
  }

  private static Restriction restriction(Connection connection, String publication, TableName table)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT attnames::text[], rowfilter FROM pg_publication_tables
            WHERE pubname = ? AND schemaname = ? AND tablename = ?
            """)) {
      query.setString(1, publication);
      query.setString(2, table.schema());
      query.setString(3, table.name());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new InvalidRequest(
              "Publication '%s' no longer has table %s".formatted(publication, table));
        }
        Object[] names = (Object[]) row.getArray(1).getArray();
        return new Restriction(
            Optional.of(Arrays.copyOf(names, names.length, String[].class)),
            Optional.ofNullable(row.getString(2)));
      }
    }
  }

  private static PublishedTable read(ResultSet rows, TableName table, Optional<String> filter)
      throws SQLException {
    List<PgOutput.RelationColumn> columns = new ArrayList<>();
    int id = 0;
    String identity = "";
    boolean isPartitioned = false;
    while (rows.next()) {
      id = (int) rows.getLong(1);
      isPartitioned = rows.getString(2).equals("p");
      identity = rows.getString(3);
      columns.add(
          new PgOutput.RelationColumn(
              rows.getBoolean(7), rows.getString(4), (int) rows.getLong(5), rows.getInt(6)));
    }
    if (columns.isEmpty()) {
      throw new InvalidRequest("Table %s is gone, or has no published columns".formatted(table));
    }
    PgOutput.Relation relation = new PgOutput.Relation(id, table, identity(identity), columns);
    return new PublishedTable(relation, isPartitioned, filter);
  }

  private static PgOutput.ReplicaIdentity identity(String code) {
    return Arrays.stream(PgOutput.ReplicaIdentity.values())
        .filter(identity -> identity.code() == code.charAt(0))
        .findFirst()
        .orElseThrow();
  }

  /** Of which these columns are not even read. */
  PublishedTable without(List<String> columns) {
    PgOutput.Relation left =
        new PgOutput.Relation(
            relation.id(),
            relation.table(),
            relation.replicaIdentity(),
            relation.columns().stream()
                .filter(column -> !columns.contains(column.name()))
                .toList());
    return new PublishedTable(left, isPartitioned, filter);
  }

  /**
   * Copies those of its rows for which {@code condition} holds.
   *
   * @param order how they are sorted and limited; may be empty
   */
  String copyStatement(String condition, String order) {
    String columns =
        relation.columns().stream()
            .map(column -> Sql.name(column.name()))
            .collect(Collectors.joining(", "));
    return "COPY (SELECT %s FROM %s WHERE (%s) AND %s %s) TO STDOUT"
        .formatted(columns, source(), filter.orElse("true"), condition, order);
  }

  /** Children by inheritance are tables of their own; partitions are the table itself. */
  private String source() {
    return (isPartitioned ? "" : "ONLY ") + Sql.name(relation.table());
  }
}
