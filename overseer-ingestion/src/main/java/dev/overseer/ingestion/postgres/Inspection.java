package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceCondition;
import dev.overseer.ingestion.SourceCondition.TableCondition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks the catalogue whether the slot and the publication still bring us our tables. A publication
 * says nothing in the stream when a table is taken out of it: its changes just stay away.
 */
final class Inspection {
  private static final int FILTERS_SINCE = 15;

  private static final String RETAINED =
      """
      SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint
      FROM pg_replication_slots WHERE slot_name = ? AND restart_lsn IS NOT NULL
      """;

  private static final String PUBLICATION =
      """
      SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate
      FROM pg_publication WHERE pubname = ?
      """;

  private static final String TABLES =
      """
      SELECT wanted.schema, wanted.name, c.oid::bigint::text, c.relreplident::text,
             EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary),
             p.tablename IS NOT NULL, %s
      FROM unnest(?::text[], ?::text[]) AS wanted (schema, name)
      LEFT JOIN pg_namespace n ON n.nspname = wanted.schema
      LEFT JOIN pg_class c
        ON c.relnamespace = n.oid AND c.relname = wanted.name AND c.relkind IN ('r', 'p')
      LEFT JOIN pg_publication_tables p
        ON p.pubname = ? AND p.schemaname = wanted.schema AND p.tablename = wanted.name
      """;

  private final Connection connection;
  private final PostgresSource source;

  Inspection(Connection connection, PostgresSource source) {
    this.connection = connection;
    this.source = source;
  }

  SourceCondition run(EffectiveTime since) throws SQLException {
    return new SourceCondition(since, retained(), tables(publicationFault()));
  }

  private OptionalLong retained() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RETAINED)) {
      query.setString(1, source.slot());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private Optional<String> publicationFault() throws SQLException {
    String name = Sql.name(source.publication());
    try (PreparedStatement query = connection.prepareStatement(PUBLICATION)) {
      query.setString(1, source.publication());
      try (ResultSet row = query.executeQuery()) {
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
  }

  private Map<TableName, TableCondition> tables(Optional<String> fault) throws SQLException {
    boolean hasFilters = connection.getMetaData().getDatabaseMajorVersion() >= FILTERS_SINCE;
    String text = TABLES.formatted(hasFilters ? "coalesce(p.rowfilter, '')" : "''");
    try (PreparedStatement query = connection.prepareStatement(text)) {
      Object[] schemas = source.definition().tables().stream().map(TableName::schema).toArray();
      Object[] names = source.definition().tables().stream().map(TableName::name).toArray();
      query.setArray(1, connection.createArrayOf("text", schemas));
      query.setArray(2, connection.createArrayOf("text", names));
      query.setString(3, source.publication());
      Map<TableName, TableCondition> tables = new HashMap<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          TableName table = new TableName(row.getString(1), row.getString(2));
          Optional<String> why = fault.isPresent() ? fault : fault(table, row);
          String identity = row.getString(3);
          String filter = row.getString(7);
          tables.put(
              table,
              why.<TableCondition>map(TableCondition.Unwatched::new)
                  .orElseGet(() -> new TableCondition.Watched(identity, filter)));
        }
      }
      return tables;
    }
  }

  private Optional<String> fault(TableName table, ResultSet row) throws SQLException {
    String identity = row.getString(4);
    if (row.getString(3) == null) {
      return Optional.of(
          "there is no such table any more; create it, or take it out of the configuration");
    }
    if (!row.getBoolean(6)) {
      return Optional.of(
          "it is not in its publication; run ALTER PUBLICATION %s ADD TABLE %s"
              .formatted(Sql.name(source.publication()), Sql.name(table)));
    }
    if (identity.equals("n") || (identity.equals("d") && !row.getBoolean(5))) {
      return Optional.of(
          "its changes do not tell which row they are of; run ALTER TABLE %s REPLICA IDENTITY FULL, or give it a primary key"
              .formatted(Sql.name(table)));
    }
    return Optional.empty();
  }
}
