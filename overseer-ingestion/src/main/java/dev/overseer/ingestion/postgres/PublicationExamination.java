package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.postgres.Questions.Row;
import dev.overseer.model.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is required of the publication: all operations of all tables, with their keys. */
final class PublicationExamination {
  private static final int LISTS_SINCE = 150_000;

  private final PostgresSource source;
  private final Questions questions;
  private final Map<TableName, List<String>> keys;
  private final String subject;

  PublicationExamination(
      PostgresSource source, Questions questions, Map<TableName, List<String>> keys) {
    this.source = source;
    this.questions = questions;
    this.keys = keys;
    this.subject = "publication " + source.publication();
  }

  List<Requirement> run() throws SQLException {
    Optional<Row> row =
        questions.find(
            """
            SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate, pubviaroot
            FROM pg_publication WHERE pubname = ?
            """,
            source.publication());
    if (row.isEmpty()) {
      return List.of(absent());
    }
    List<Requirement> found = new ArrayList<>();
    found.add(operations(row.get()));
    found.add(tables());
    if (Integer.parseInt(questions.setting("server_version_num").orElseThrow()) >= LISTS_SINCE) {
      found.addAll(columnLists());
    }
    return found;
  }

  private Requirement absent() throws SQLException {
    boolean mayCreate =
        questions.row("SELECT has_database_privilege(current_database(), 'CREATE')").is(1);
    return Requirement.of(
        mayCreate && ownsAllTables(),
        subject,
        mayCreate && ownsAllTables()
            ? "it is not there yet, and is created when the source is first tailed"
            : "it is not there, and this role may not create it",
        SetupScript.publication(source.publication(), source.definition().tables()));
  }

  private boolean ownsAllTables() throws SQLException {
    for (TableName table : source.definition().tables()) {
      Optional<Row> owned =
          questions.find(
              """
              SELECT pg_has_role(c.relowner, 'USAGE')
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relname = ?
              """,
              table.schema(),
              table.name());
      if (owned.isEmpty() || !owned.get().is(1)) {
        return false;
      }
    }
    return true;
  }

  private Requirement operations(Row row) throws SQLException {
    String name = Sql.name(source.publication());
    if (!row.is(1)) {
      return Requirement.missing(
          subject,
          "it leaves out operations",
          "ALTER PUBLICATION %s SET (publish = 'insert, update, delete, truncate');"
              .formatted(name));
    }
    return Requirement.of(
        row.is(2) || !anyIsPartitioned(),
        subject,
        row.is(2) || !anyIsPartitioned()
            ? "it publishes every operation"
            : "it publishes partitions under their own names",
        "ALTER PUBLICATION %s SET (publish_via_partition_root = true);".formatted(name));
  }

  private boolean anyIsPartitioned() throws SQLException {
    for (TableName table : source.definition().tables()) {
      if (questions
          .find(
              """
              SELECT c.oid::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relname = ? AND c.relkind = 'p'
              """,
              table.schema(),
              table.name())
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Requirement tables() throws SQLException {
    Set<TableName> missing = new TreeSet<>(source.definition().tables());
    for (Row row :
        questions.rows(
            "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?",
            source.publication())) {
      missing.remove(new TableName(row.text(1), row.text(2)));
    }
    return Requirement.of(
        missing.isEmpty(),
        "tables of " + subject,
        missing.isEmpty() ? "all are in it" : "not in it: " + names(missing),
        "ALTER PUBLICATION %s ADD TABLE %s;"
            .formatted(Sql.name(source.publication()), Sql.names(missing)));
  }

  private List<Requirement> columnLists() throws SQLException {
    List<Requirement> found = new ArrayList<>();
    for (Row row :
        questions.rows(
            """
            SELECT p.schemaname, p.tablename, array_to_string(p.attnames, E'\\n'), p.rowfilter,
                   (SELECT count(*) FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                      AND a.attname <> ALL (p.attnames))
            FROM pg_publication_tables p
            JOIN pg_namespace n ON n.nspname = p.schemaname
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
            WHERE p.pubname = ?
            ORDER BY 1, 2
            """,
            source.publication())) {
      TableName table = new TableName(row.text(1), row.text(2));
      if (source.definition().tables().contains(table)) {
        restriction(table, row).ifPresent(found::add);
      }
    }
    return found;
  }

  /** What is left out is not there for any check, and whoever reads this should know. */
  private Optional<Requirement> restriction(TableName table, Row row) {
    String restricted = "columns of %s in %s".formatted(table, subject);
    List<String> published = Arrays.asList(row.text(3).split("\n"));
    List<String> leaving = new ArrayList<>(source.definition().droppedOf(table));
    leaving.retainAll(published);
    if (!leaving.isEmpty()) {
      return Optional.of(leaving(table, restricted, leaving));
    }
    if (!published.containsAll(keys.getOrDefault(table, List.of()))) {
      return Optional.of(
          Requirement.missing(
              restricted,
              "its column list leaves out the model's key; it has " + String.join(", ", published),
              "Publish the key too: ALTER PUBLICATION ... SET TABLE lists every table anew"));
    }
    if (row.find(4).isPresent()) {
      return Optional.of(
          Requirement.advised(
              restricted,
              "only rows with " + row.text(4),
              "Checks see these rows alone: is that meant?"));
    }
    return row.number(5) > source.definition().droppedOf(table).size()
        ? Optional.of(
            Requirement.advised(
                restricted,
                "only " + String.join(", ", published),
                "Checks see these columns alone: is that meant?"))
        : Optional.empty();
  }

  /** They are removed as they come in all the same. */
  private Requirement leaving(TableName table, String restricted, List<String> columns) {
    String publication = Sql.name(source.publication());
    return Requirement.advised(
        restricted,
        "these leave the server, though they are to be dropped: " + String.join(", ", columns),
        "Run ALTER PUBLICATION %1$s DROP TABLE %2$s; and then what 'overseer source setup' prints. A table whose replica identity is full has no list"
            .formatted(publication, Sql.name(table)));
  }

  private static String names(Set<TableName> tables) {
    return String.join(", ", tables.stream().map(TableName::toString).toList());
  }
}
