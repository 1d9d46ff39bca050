package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.postgres.Questions.Row;
import dev.overseer.model.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is required of each table: that it is there, can be read, and tells which row changed. */
final class TableExamination {
  private final PostgresSource source;
  private final Questions questions;
  private final Map<TableName, List<String>> keys;

  TableExamination(PostgresSource source, Questions questions, Map<TableName, List<String>> keys) {
    this.source = source;
    this.questions = questions;
    this.keys = keys;
  }

  List<Requirement> run() throws SQLException {
    List<Requirement> found = new ArrayList<>();
    for (TableName table : new TreeSet<>(source.definition().tables())) {
      found.addAll(examine(table));
    }
    return found;
  }

  private List<Requirement> examine(TableName table) throws SQLException {
    Optional<Row> row =
        questions.find(
            """
            SELECT c.oid::text, has_schema_privilege(n.oid, 'USAGE'), has_table_privilege(c.oid, 'SELECT'),
                   current_user, row_security_active(c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            """,
            table.schema(),
            table.name());
    if (row.isEmpty()) {
      return List.of(
          Requirement.missing(
              "table " + table,
              "it is not there, or is no table",
              "Name it under 'tables' as the database spells it: schema.table"));
    }
    return List.of(readable(table, row.get()), identity(table, row.get().text(1)));
  }

  private Requirement readable(TableName table, Row row) {
    String subject = "read " + table;
    String role = row.text(4);
    if (!row.is(2)) {
      return Requirement.missing(
          subject,
          "its schema may not be used",
          "GRANT USAGE ON SCHEMA %s TO %s; %s"
              .formatted(
                  Sql.name(table.schema()), Sql.name(role), SetupScript.grantSelect(table, role)));
    }
    if (!row.is(3)) {
      return Requirement.missing(
          subject, "it may not be read", SetupScript.grantSelect(table, role));
    }
    return Requirement.of(
        !row.is(5),
        subject,
        row.is(5) ? "its row security hides rows from " + role : "it may be read",
        "ALTER ROLE %s BYPASSRLS;".formatted(Sql.name(role)));
  }

  private Requirement identity(TableName table, String oid) throws SQLException {
    String subject = "replica identity of " + table;
    List<String> key = keys.getOrDefault(table, List.of());
    List<String> gone = columnsThatAreNot(oid, key);
    if (!gone.isEmpty()) {
      return Requirement.missing(
          subject,
          "the model's key names columns that it does not have: " + String.join(", ", gone),
          "Name its columns under the model's 'key'");
    }
    List<Row> lacking =
        questions.rows(
            "SELECT c.oid::regclass::text, NOT %s FROM pg_class c WHERE %s AND c.relkind = 'r' AND NOT %s"
                .formatted(
                    ReplicaIdentity.names(List.of()),
                    ReplicaIdentity.isOf(oid + "::oid::regclass"),
                    ReplicaIdentity.names(key)));
    String named = key.isEmpty() ? "a key" : "its key (" + String.join(", ", key) + ")";
    if (lacking.isEmpty()) {
      return Requirement.met(subject, "updates and deletes name " + named);
    }
    String fix =
        lacking.stream()
            .map(row -> "ALTER TABLE %s REPLICA IDENTITY FULL;".formatted(row.text(1)))
            .collect(Collectors.joining(" "));
    boolean onlyGrows = lacking.stream().allMatch(row -> row.is(2)) && isPublished(table);
    return onlyGrows
        ? Requirement.advised(subject, "none, so that rows can only be added to it", fix)
        : Requirement.missing(subject, "updates and deletes do not name " + named, fix);
  }

  private boolean isPublished(TableName table) throws SQLException {
    return questions
        .find(
            "SELECT pubname FROM pg_publication_tables WHERE pubname = ? AND schemaname = ? AND"
                + " tablename = ?",
            source.publication(),
            table.schema(),
            table.name())
        .isPresent();
  }

  private List<String> columnsThatAreNot(String oid, List<String> key) throws SQLException {
    List<String> missing = new ArrayList<>(key);
    missing.removeAll(
        questions
            .rows(
                "SELECT attname FROM pg_attribute WHERE attrelid = ?::oid AND attnum > 0 AND NOT"
                    + " attisdropped",
                oid)
            .stream()
            .map(row -> row.text(1))
            .toList());
    return missing;
  }
}
