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
import java.util.stream.Collectors;

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
      SELECT wanted.schema, wanted.name, t.oid::bigint::text, p.tablename IS NOT NULL, %s,
             wanted.key <> '{}' AND %s
      FROM (VALUES %s) AS wanted (schema, name, key)
      LEFT JOIN pg_namespace n ON n.nspname = wanted.schema
      LEFT JOIN pg_class t
        ON t.relnamespace = n.oid AND t.relname = wanted.name AND t.relkind IN ('r', 'p')
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
    Map<TableName, TableCondition> tables = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(tablesQuery())) {
      query.setString(1, source.publication());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          TableName table = new TableName(row.getString(1), row.getString(2));
          tables.put(table, condition(fault.isPresent() ? fault : fault(table, row), row));
        }
      }
    }
    return tables;
  }

  private String tablesQuery() throws SQLException {
    boolean hasFilters = connection.getMetaData().getDatabaseMajorVersion() >= FILTERS_SINCE;
    return TABLES.formatted(
        hasFilters ? "coalesce(p.rowfilter, '')" : "''",
        ReplicaIdentity.isTooWeak("t.oid", "wanted.key"),
        source.definition().tables().stream().map(this::wanted).collect(Collectors.joining(", ")));
  }

  private String wanted(TableName table) {
    return "(%s, %s, %s)"
        .formatted(
            Sql.text(table.schema()),
            Sql.text(table.name()),
            ReplicaIdentity.columns(source.definition().keyOf(table)));
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
