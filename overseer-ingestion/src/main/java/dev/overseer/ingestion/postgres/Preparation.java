package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceLost;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes sure that a database can be tailed, and creates the publication where that is allowed. All
 * that is missing is told at once, with the SQL that mends it.
 */
final class Preparation {
  private static final int VERSION_MIN = 140000;
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final Connections connections;
  private final PostgresSource source;
  private final List<String> remedies = new ArrayList<>();
  private final Map<TableName, String> lists = new TreeMap<>();
  private final Map<TableName, Set<String>> columns = new HashMap<>();
  private Set<TableName> added = Set.of();
  private boolean mayPublish;
  private boolean hasPartitions;

  Preparation(Connections connections) {
    this.connections = connections;
    this.source = connections.source();
  }

  /**
   * What was found, and done.
   *
   * @param added the tables that were added to the publication only now
   * @param columns what columns the tables with treated ones have
   */
  record Prepared(Set<TableName> added, Map<TableName, Set<String>> columns) {}

  Prepared run() throws SourceLost {
    Connection connection = connections.forQuestions();
    try {
      checkServer(connection);
      checkRole(connection);
      for (TableName table : source.definition().tables()) {
        checkTable(connection, table);
        checkColumns(new ColumnList(new Questions(connection), source.definition(), table), table);
      }
      preparePublication(connection);
      refuseIfAnythingIsMissing();
      return new Prepared(added, columns);
    } catch (SQLException e) {
      throw connections.failure("prepare to be tailed", e);
    } finally {
      Connections.closeQuietly(connection);
    }
  }

  private void checkServer(Connection connection) throws SQLException {
    int version = Integer.parseInt(value(connection, "SHOW server_version_num"));
    if (version < VERSION_MIN) {
      throw new InvalidRequest(
          "Source '%s' is a Postgres %s, and only 14 and later can be tailed"
              .formatted(source.definition().source(), value(connection, "SHOW server_version")));
    }
    if (value(connection, "SELECT pg_is_in_recovery()").equals("t")) {
      throw new InvalidRequest(
          "Source '%s' is a standby: give the address of its primary"
              .formatted(source.definition().source()));
    }
    if (!value(connection, "SHOW wal_level").equals("logical")) {
      remedies.add("ALTER SYSTEM SET wal_level = 'logical';  -- and restart the server");
    }
  }

  /** Amazon's servers give the right to replicate by membership in a role of theirs. */
  private void checkRole(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT rolname,
                       rolsuper OR rolreplication OR EXISTS (
                         SELECT FROM pg_roles other
                         WHERE other.rolname = 'rds_replication'
                           AND pg_has_role(current_user, other.oid, 'USAGE')),
                       has_database_privilege(current_database(), 'CREATE')
                FROM pg_roles WHERE rolname = current_user
                """)) {
      row.next();
      if (!row.getBoolean(2)) {
        remedies.add("ALTER ROLE %s WITH REPLICATION;".formatted(Sql.name(row.getString(1))));
      }
      mayPublish = row.getBoolean(3);
    }
  }

  private void checkTable(Connection connection, TableName table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT c.relreplident,
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary),
                   has_schema_privilege(n.oid, 'USAGE'),
                   has_table_privilege(c.oid, 'SELECT'),
                   current_user,
                   pg_has_role(c.relowner, 'USAGE'),
                   c.relkind = 'p',
                   EXISTS (SELECT FROM pg_publication_tables p
                           WHERE p.pubname = ? AND p.schemaname = n.nspname
                             AND p.tablename = c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            """)) {
      query.setString(1, source.publication());
      query.setString(2, table.schema());
      query.setString(3, table.name());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new InvalidRequest(
              "Source '%s' has no table %s".formatted(source.definition().source(), table));
        }
        String identity = row.getString(1);
        boolean isWithout = identity.equals("n") || (identity.equals("d") && !row.getBoolean(2));
        if (isWithout && !row.getBoolean(8)) { // once published, it is only ever added to
          remedies.add(
              "ALTER TABLE %s REPLICA IDENTITY FULL;  -- or give it a primary key: without one its updates fail once it is published"
                  .formatted(Sql.name(table)));
        }
        String role = Sql.name(row.getString(5));
        if (!row.getBoolean(3)) {
          remedies.add("GRANT USAGE ON SCHEMA %s TO %s;".formatted(Sql.name(table.schema()), role));
        }
        mayPublish &= row.getBoolean(6);
        hasPartitions |= row.getBoolean(7);
        if (!row.getBoolean(4)) {
          remedies.add("GRANT SELECT ON TABLE %s TO %s;".formatted(Sql.name(table), role));
        }
      }
    }
  }

  private void checkColumns(ColumnList list, TableName table) throws SQLException {
    if (!source.definition().treatedOf(table).isEmpty()) {
      lists.put(table, list.text());
      columns.put(table, list.columns());
    }
  }

  private void preparePublication(Connection connection) throws SQLException {
    String name = Sql.name(source.publication());
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate, pubviaroot
            FROM pg_publication WHERE pubname = ?
            """)) {
      query.setString(1, source.publication());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          runOrAskFor(
              connection,
              "CREATE PUBLICATION %s FOR TABLE %s WITH (publish_via_partition_root = true);"
                  .formatted(name, published(source.definition().tables())));
          return;
        }
        if (!row.getBoolean(1)) {
          remedies.add(
              "ALTER PUBLICATION %s SET (publish = 'insert, update, delete, truncate');"
                  .formatted(name));
        }
        if (hasPartitions && !row.getBoolean(2)) {
          remedies.add(
              "ALTER PUBLICATION %s SET (publish_via_partition_root = true);".formatted(name));
        }
      }
    }
    Set<TableName> missing = new TreeSet<>(source.definition().tables());
    missing.removeAll(published(connection));
    if (!missing.isEmpty()) {
      added = missing;
      runOrAskFor(
          connection, "ALTER PUBLICATION %s ADD TABLE %s;".formatted(name, published(missing)));
    }
  }

  private String published(Set<TableName> tables) {
    return tables.stream()
        .map(table -> Sql.name(table) + lists.getOrDefault(table, ""))
        .collect(Collectors.joining(", "));
  }

  private Set<TableName> published(Connection connection) throws SQLException {
    Set<TableName> tables = new TreeSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?")) {
      query.setString(1, source.publication());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          tables.add(new TableName(row.getString(1), row.getString(2)));
        }
      }
    }
    return tables;
  }

  /** Nothing is changed while anything else is missing. */
  private void runOrAskFor(Connection connection, String sql) throws SQLException {
    if (!mayPublish) {
      remedies.add(sql);
    }
    if (!remedies.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
      }
      remedies.add(sql);
    }
  }

  private void refuseIfAnythingIsMissing() {
    if (!remedies.isEmpty()) {
      throw new InvalidRequest(
          "Source '%s' cannot be tailed yet. Run there, as the owner of the tables or an administrator:%n%s"
              .formatted(source.definition().source(), String.join("\n", remedies)));
    }
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
