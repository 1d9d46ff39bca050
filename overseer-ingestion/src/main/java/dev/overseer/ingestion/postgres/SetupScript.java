package dev.overseer.ingestion.postgres;

import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The SQL by which an administrator lets Overseer tail a database: a role that may read and follow
 * the log and nothing else, and a publication. It is printed, and never run by us. What exists is
 * left as it is or completed, so it may be run again.
 */
public final class SetupScript {
  private final PostgresSource source;
  private final String role;
  private final Map<TableName, List<String>> keys;
  private final List<TableName> tables;

  /**
   * @param role to be created
   * @param keys the columns of their models' keys, by table; a table without a model has none
   */
  public SetupScript(PostgresSource source, String role, Map<TableName, List<String>> keys) {
    this.source = source;
    this.role = role;
    this.keys = keys;
    this.tables = List.copyOf(new TreeSet<>(source.definition().tables()));
  }

  /** What is needed. */
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(
        """
        -- What lets Overseer tail this database, with no right to change anything in it.
        -- Run it there as the owner of the tables or an administrator; again when tables were added.

        %2$s
        -- Give it the password that the configuration refers to; in psql:  \\password %1$s
        """
            .formatted(Sql.name(role), login()));
    parts.add(grants());
    parts.add("-- Updates and deletes must name their record's key, or write the whole old row:\n");
    tables.forEach(table -> parts.add(identity(table, keys.getOrDefault(table, List.of()))));
    parts.add(
        "-- Which tables' changes leave the server, a partition's as its table's.\n"
            + publication());
    return String.join("\n", parts);
  }

  /** What lets the role write small messages into the log, which need no table. */
  public String heartbeat() {
    return """
    -- Optional: lets it write messages into the log, which move the log's end where nobody else writes.
    %s
    """
        .formatted(
            block(
                """
                DECLARE
                  emit regprocedure;
                BEGIN
                  FOR emit IN
                    SELECT oid FROM pg_proc
                    WHERE proname = 'pg_logical_emit_message' AND pronamespace = 'pg_catalog'::regnamespace
                  LOOP
                    EXECUTE format('GRANT EXECUTE ON FUNCTION %%s TO %%I', emit, %s);
                  END LOOP;
                END
                """
                    .formatted(Sql.text(role))));
  }

  private String login() {
    return block(
        """
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %1$s) THEN
            CREATE ROLE %2$s LOGIN REPLICATION;
          ELSIF EXISTS (
            SELECT FROM pg_roles
            WHERE rolname = %1$s AND NOT (rolcanlogin AND (rolreplication OR rolsuper)))
          THEN
            ALTER ROLE %2$s LOGIN REPLICATION;
          END IF;
        END
        """
            .formatted(Sql.text(role), Sql.name(role)));
  }

  private String grants() {
    StringBuilder sql = new StringBuilder();
    sql.append(
        "GRANT CONNECT ON DATABASE %s TO %s;\n"
            .formatted(Sql.name(source.database()), Sql.name(role)));
    tables.stream()
        .map(TableName::schema)
        .distinct()
        .forEach(
            schema ->
                sql.append(
                    "GRANT USAGE ON SCHEMA %s TO %s;\n"
                        .formatted(Sql.name(schema), Sql.name(role))));
    tables.forEach(table -> sql.append(grantSelect(table, role)).append('\n'));
    return sql.toString();
  }

  static String grantSelect(TableName table, String role) {
    return "GRANT SELECT ON TABLE %s TO %s;".formatted(Sql.name(table), Sql.name(role));
  }

  private String publication() {
    return block(
        """
        DECLARE
          missing regclass;
          list text;
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = %1$s) THEN
            %2$s
          END IF;
          IF EXISTS (
            SELECT FROM pg_publication
            WHERE pubname = %1$s
              AND NOT (pubinsert AND pubupdate AND pubdelete AND pubtruncate AND pubviaroot))
          THEN
            ALTER PUBLICATION %3$s SET (
              publish = 'insert, update, delete, truncate', publish_via_partition_root = true);
          END IF;
          FOR missing, list IN
            %4$s
            WHERE NOT EXISTS (
              SELECT FROM pg_publication_tables p
              WHERE p.pubname = %1$s AND format('%%I.%%I', p.schemaname, p.tablename)::regclass = t)
          LOOP
            EXECUTE format('ALTER PUBLICATION %%I ADD TABLE %%s%%s', %1$s, missing, list);
          END LOOP;
        END
        """
            .formatted(
                Sql.text(source.publication()),
                dropsNothing() ? publication(source.publication(), tables) : emptyPublication(),
                Sql.name(source.publication()),
                dropsNothing() ? wanted() : wantedWithLists()));
  }

  private boolean dropsNothing() {
    return tables.stream().allMatch(table -> source.definition().droppedOf(table).isEmpty());
  }

  private String emptyPublication() {
    return "CREATE PUBLICATION %s WITH (publish_via_partition_root = true);"
        .formatted(Sql.name(source.publication()));
  }

  private String wanted() {
    return "SELECT t, '' FROM unnest(ARRAY[%s]::regclass[]) AS wanted (t)"
        .formatted(
            tables.stream()
                .map(table -> Sql.text(Sql.name(table)))
                .collect(Collectors.joining(", ")));
  }

  /** Columns that are dropped stay in the server where it can leave them out. */
  private String wantedWithLists() {
    return """
    SELECT t, CASE WHEN dropped = '{}' THEN '' ELSE (
          %s) END
        FROM (VALUES %s) AS wanted (t, dropped)\
    """
        .formatted(
            ColumnList.TEXT,
            tables.stream()
                .map(
                    table ->
                        "(%s::regclass, %s)"
                            .formatted(
                                Sql.text(Sql.name(table)),
                                ReplicaIdentity.columns(source.definition().droppedOf(table))))
                .collect(Collectors.joining(", ")));
  }

  static String publication(String name, Collection<TableName> tables) {
    return "CREATE PUBLICATION %s FOR TABLE %s WITH (publish_via_partition_root = true);"
        .formatted(
            Sql.name(name),
            tables.stream().sorted().map(Sql::name).collect(Collectors.joining(", ")));
  }

  /** Changes the table, and its partitions, only where their replica identity does not do. */
  static String identity(TableName table, List<String> key) {
    return block(
        """
        DECLARE
          member regclass;
        BEGIN
          FOR member IN
            SELECT c.oid FROM pg_class c
            WHERE %s
              AND NOT %s
          LOOP
            EXECUTE format('ALTER TABLE %%s REPLICA IDENTITY FULL', member);
          END LOOP;
        END
        """
            .formatted(
                ReplicaIdentity.isOf(Sql.text(Sql.name(table)) + "::regclass"),
                ReplicaIdentity.names(key)));
  }

  /** Between quotes that nothing in it can end. */
  private static String block(String body) {
    String tag = "$overseer$";
    while (body.contains(tag)) {
      tag = "$" + tag.substring(1, tag.length() - 1) + "_$";
    }
    return "DO " + tag + "\n" + body + tag + ";\n";
  }
}
