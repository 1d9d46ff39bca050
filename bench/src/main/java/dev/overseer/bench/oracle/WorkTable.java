package dev.overseer.bench.oracle;

import dev.overseer.model.ModelName;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of the workload.
 *
 * @param key the columns that identify a row, the first of {@code columns}
 * @param columns those that the workload writes; the table may have more
 * @param constraints of the table, after its columns
 * @param afterwards what is done to the table once it exists
 * @param expected the condition and the columns of what Overseer should know of it
 */
record WorkTable(
    TableName name,
    ModelName model,
    int keySize,
    List<Column> columns,
    List<String> constraints,
    List<String> afterwards,
    String expected,
    Set<Trait> traits) {

  /** What may not be done with a table, or only in another way. */
  enum Trait {
    /** Updates and deletes are refused by the server, or are not to be tried. */
    INSERT_ONLY,
    /** Rows are found by chance: nothing but the workload's care makes the key unique. */
    UNCONSTRAINED,
    /** Made by {@code afterwards} alone. */
    MADE_ELSEWHERE,
    /** Not to be emptied at once. */
    NEVER_TRUNCATED,
    /** Takes thousands of rows at once. */
    LARGE
  }

  WorkTable {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
    afterwards = List.copyOf(afterwards);
    traits = Set.copyOf(traits);
  }

  /** A table in schema {@code work} whose primary key is its first {@code keySize} columns. */
  static WorkTable of(String name, int keySize, Column... columns) {
    List<Column> all = List.of(columns);
    TableName table = new TableName("work", name);
    return new WorkTable(
        table,
        new ModelName(name),
        keySize,
        all,
        List.of("PRIMARY KEY (" + Quoted.names(names(all.subList(0, keySize))) + ")"),
        List.of(),
        "SELECT * FROM ONLY " + Quoted.name(table),
        EnumSet.noneOf(Trait.class));
  }

  WorkTable constrained(String... all) {
    return new WorkTable(name, model, keySize, columns, List.of(all), afterwards, expected, traits);
  }

  WorkTable then(String... all) {
    return new WorkTable(
        name, model, keySize, columns, constraints, List.of(all), expected, traits);
  }

  WorkTable expecting(String query) {
    return new WorkTable(name, model, keySize, columns, constraints, afterwards, query, traits);
  }

  WorkTable with(Trait... all) {
    return new WorkTable(
        name, model, keySize, columns, constraints, afterwards, expected, Set.of(all));
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
    return Quoted.name(name);
  }

  List<String> creation() {
    List<String> statements = new ArrayList<>();
    if (!is(Trait.MADE_ELSEWHERE)) {
      List<String> parts = new ArrayList<>(columns.stream().map(Column::definition).toList());
      parts.addAll(constraints);
      statements.add("CREATE TABLE %s (%s)".formatted(sql(), String.join(", ", parts)));
    }
    statements.addAll(afterwards);
    return statements;
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.toList());
  }
}
