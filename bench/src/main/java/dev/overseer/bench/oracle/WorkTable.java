package dev.overseer.bench.oracle;

import dev.overseer.ingestion.postgres.Sql;
import dev.overseer.model.ModelName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of the workload, in schema {@code work}.
 *
 * @param keySize how many of {@code columns}, from the first on, identify a row
 * @param columns those that the workload writes; the table may have more
 * @param creation what makes it
 * @param published as a publication names it
 * @param expected asks the server for all that Overseer should know of it
 */
record WorkTable(
    SourceName source,
    TableName name,
    int keySize,
    List<Column> columns,
    List<String> creation,
    String published,
    String expected,
    Set<Trait> traits) {
  static final SourceName ORACLE = new SourceName("oracle");

  /** What may not be done with a table, or only in another way. */
  enum Trait {
    /** The server refuses updates and deletes. */
    INSERT_ONLY,
    /** Rows are found by chance: nobody guesses their keys. */
    FOUND_BY_CHANCE,
    /** Takes thousands of rows at once. */
    LARGE,
    /** What refers to it is emptied with it. */
    CASCADING,
    /** Its columns change, so a statement may come too late. */
    EVOLVING,
    /** Another table takes its name now and then; only the end tells what should be known of it. */
    SWAPPED,
    /** Has so many rows now and then that not every one that is gone is asked for. */
    FLOODED
  }

  WorkTable {
    columns = List.copyOf(columns);
    creation = List.copyOf(creation);
    traits = Set.copyOf(traits);
  }

  /** A table whose primary key is its first {@code keySize} columns. */
  static WorkTable of(String name, int keySize, Column... columns) {
    List<Column> all = List.of(columns);
    return withConstraint(
        name, "PRIMARY KEY (" + Sql.columns(names(all.subList(0, keySize))) + ")", keySize, all);
  }

  /** A table that lets no server say which of its columns are the key. */
  static WorkTable withoutKey(String name, int keySize, Column... columns) {
    return withConstraint(name, "", keySize, List.of(columns));
  }

  private static WorkTable withConstraint(
      String name, String constraint, int keySize, List<Column> columns) {
    TableName table = new TableName("work", name);
    List<String> parts = new ArrayList<>(columns.stream().map(Column::definition).toList());
    if (!constraint.isEmpty()) {
      parts.add(constraint);
    }
    return new WorkTable(
        ORACLE,
        table,
        keySize,
        columns,
        List.of("CREATE TABLE %s (%s)".formatted(Sql.name(table), String.join(", ", parts))),
        Sql.name(table),
        "SELECT * FROM ONLY " + Sql.name(table),
        Set.of());
  }

  /** As it is after these statements, in which {@code %s} is its name. */
  WorkTable then(String... statements) {
    List<String> all = new ArrayList<>(creation);
    for (String statement : statements) {
      all.add(statement.formatted(sql()));
    }
    return new WorkTable(source, name, keySize, columns, all, published, expected, traits);
  }

  /** Made by these statements, in which {@code %s} is its name. */
  WorkTable madeBy(String... statements) {
    return new WorkTable(source, name, keySize, columns, List.of(), published, expected, traits)
        .then(statements);
  }

  /** Of which Overseer should know what this asks for; {@code %s} is its name. */
  WorkTable expecting(String query) {
    return new WorkTable(
        source, name, keySize, columns, creation, published, query.formatted(sql()), traits);
  }

  /** Published with these columns, for those rows: what follows its name. */
  WorkTable publishedAs(String restriction) {
    return new WorkTable(
        source, name, keySize, columns, creation, sql() + restriction, expected, traits);
  }

  WorkTable with(Trait... all) {
    return new WorkTable(
        source, name, keySize, columns, creation, published, expected, Set.of(all));
  }

  ModelName model() {
    return new ModelName(name.name());
  }

  List<String> key() {
    return names(columns.subList(0, keySize));
  }

  List<String> columnNames() {
    return names(columns);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  String sql() {
    return Sql.name(name);
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.toList());
  }
}
