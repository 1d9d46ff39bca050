package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceCondition;
import dev.overseer.ingestion.SourceCondition.TableCondition;
import dev.overseer.model.Incarnation;
import dev.overseer.model.Lsn;
import dev.overseer.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Asks the catalogue whether the slot and the publication still bring us our tables. A publication
 * says nothing in the stream when a table is taken out of it: its changes just stay away. Where the
 * server's log ends is read first, in a statement of its own, so that whoever took something away
 * before that is seen.
 */
final class Inspection {
  private static final int SCHEMAS_SINCE = 15;

  /** Flushed, since a transaction is seen right after its commit was. */
  private static final String LOG =
      """
      SELECT pg_current_wal_flush_lsn()::text, pg_walfile_name(pg_current_wal_insert_lsn()),
             (SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint
              FROM pg_replication_slots WHERE slot_name = ?)
      """;

  private static final String PUBLICATION =
      """
      SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate
      FROM pg_publication WHERE pubname = ?
      """;

  /**
   * From the catalogue's tables alone: its functions and views would wait for whoever has locked a
   * table of ours, and the stream would wait with them.
   */
  private static final String TABLES =
      """
      WITH RECURSIVE wanted AS (
        SELECT w.*, t.oid, t.relkind
        FROM (VALUES %s) AS w (schema, name, key)
        LEFT JOIN pg_namespace n ON n.nspname = w.schema
        LEFT JOIN pg_class t
          ON t.relnamespace = n.oid AND t.relname = w.name AND t.relkind IN ('r', 'p')
      ), above (oid, ancestor) AS (
        SELECT oid, oid FROM wanted
        UNION
        SELECT above.oid, i.inhparent FROM above
        JOIN pg_class c ON c.oid = above.ancestor AND c.relispartition
        JOIN pg_inherits i ON i.inhrelid = c.oid
      ), below (oid, member) AS (
        SELECT oid, oid FROM wanted
        UNION
        SELECT below.oid, c.oid FROM below
        JOIN pg_inherits i ON i.inhparent = below.member
        JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
      ), publication AS (
        SELECT oid, xmin, puballtables, pubviaroot FROM pg_publication WHERE pubname = ?
      ), published (oid, ancestor, since) AS (
        SELECT above.oid, ancestor, concat(r.oid, '.', r.xmin) FROM above
        JOIN pg_publication_rel r ON r.prrelid = ancestor JOIN publication p ON p.oid = r.prpubid
        UNION ALL
        SELECT above.oid, ancestor, '' FROM above JOIN publication p ON p.puballtables
        %s
      )
      SELECT w.schema, w.name, w.oid::bigint::text,
             CASE WHEN (SELECT pubviaroot FROM publication)
               THEN EXISTS (SELECT FROM published p WHERE p.oid = w.oid AND p.ancestor = w.oid)
                 AND NOT EXISTS (SELECT FROM published p WHERE p.oid = w.oid AND p.ancestor <> w.oid)
               ELSE w.relkind = 'r' AND EXISTS (SELECT FROM published p WHERE p.oid = w.oid) END,
             concat_ws(' ', (SELECT concat(oid, '.', xmin) FROM publication),
               (SELECT string_agg(since, ' ' ORDER BY since) FROM published p WHERE p.oid = w.oid)),
             w.key <> '{}' AND EXISTS (
               SELECT FROM below JOIN pg_class c ON c.oid = below.member AND c.relkind = 'r'
               WHERE below.oid = w.oid AND %s)
      FROM wanted w
      """;

  private static final String OF_SCHEMAS =
      """
      UNION ALL
        SELECT above.oid, ancestor, concat(s.oid, '.', s.xmin) FROM above
        JOIN pg_class c ON c.oid = ancestor
        JOIN pg_publication_namespace s ON s.pnnspid = c.relnamespace
        JOIN publication p ON p.oid = s.pnpubid
      """;

  private final PostgresSource source;
  private final String system;
  private final PreparedStatement log;
  private final PreparedStatement publication;
  private final PreparedStatement tables;

  /**
   * @param system the server's identifier
   */
  Inspection(Connection connection, String system, PostgresSource source) throws SQLException {
    this.source = source;
    this.system = system;
    this.log = connection.prepareStatement(LOG);
    log.setString(1, source.slot());
    this.publication = connection.prepareStatement(PUBLICATION);
    publication.setString(1, source.publication());
    this.tables =
        connection.prepareStatement(
            tablesQuery(source, connection.getMetaData().getDatabaseMajorVersion()));
    tables.setString(1, source.publication());
  }

  SourceCondition run() throws SQLException {
    try (ResultSet row = log.executeQuery()) {
      row.next();
      Lsn position = Lsn.parse(row.getString(1));
      Incarnation incarnation = PostgresClock.incarnation(system, row.getString(2));
      long bytes = row.getLong(3);
      OptionalLong retained = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(bytes);
      return new SourceCondition(incarnation, position, retained, tables(publicationFault()));
    }
  }

  private Optional<String> publicationFault() throws SQLException {
    String name = Sql.name(source.publication());
    try (ResultSet row = publication.executeQuery()) {
      if (!row.next()) {
        return Optional.of(
            "its publication %s is gone; run CREATE PUBLICATION %s FOR TABLE %s WITH (publish_via_partition_root = true)"
                .formatted(name, name, Sql.names(source.definition().tables())));
      }
      return row.getBoolean(1)
          ? Optional.empty()
          : Optional.of(
              "its publication leaves out some kinds of changes; run ALTER PUBLICATION %s SET (publish = 'insert, update, delete, truncate')"
                  .formatted(name));
    }
  }

  private Map<TableName, TableCondition> tables(Optional<String> fault) throws SQLException {
    Map<TableName, TableCondition> found = new HashMap<>();
    try (ResultSet row = tables.executeQuery()) {
      while (row.next()) {
        TableName table = new TableName(row.getString(1), row.getString(2));
        found.put(table, condition(fault.isPresent() ? fault : fault(table, row), row));
      }
    }
    return found;
  }

  private static String tablesQuery(PostgresSource source, int version) {
    return TABLES.formatted(
        source.definition().tables().stream()
            .map(table -> wanted(table, source.definition().keyOf(table)))
            .collect(Collectors.joining(", ")),
        version >= SCHEMAS_SINCE ? OF_SCHEMAS : "",
        ReplicaIdentity.isTooWeak("w.key"));
  }

  private static String wanted(TableName table, List<String> key) {
    return "(%s, %s, %s)"
        .formatted(Sql.text(table.schema()), Sql.text(table.name()), ReplicaIdentity.columns(key));
  }

  private static TableCondition condition(Optional<String> fault, ResultSet row)
      throws SQLException {
    return fault.isPresent()
        ? new TableCondition.Unwatched(fault.get())
        : new TableCondition.Watched(row.getString(3), row.getString(5));
  }

  private Optional<String> fault(TableName table, ResultSet row) throws SQLException {
    if (row.getString(3) == null) {
      return Optional.of(
          "there is no such table any more; create it, or take it out of the configuration");
    }
    if (!row.getBoolean(4)) {
      return Optional.of(
          "it is not in its publication; run ALTER PUBLICATION %s ADD TABLE %s"
              .formatted(Sql.name(source.publication()), Sql.name(table)));
    }
    if (row.getBoolean(6)) {
      return Optional.of(
          "its updates and deletes do not name its model's key (%s); run ALTER TABLE %s REPLICA IDENTITY FULL, also of its partitions, or give the model another key"
              .formatted(String.join(", ", source.definition().keyOf(table)), Sql.name(table)));
    }
    return Optional.empty();
  }
}
