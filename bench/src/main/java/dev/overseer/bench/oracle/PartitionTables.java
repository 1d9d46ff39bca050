package dev.overseer.bench.oracle;

import static dev.overseer.bench.oracle.Column.notNull;

import java.util.List;

/** Tables that consist of others, or are made after them. */
final class PartitionTables {
  private PartitionTables() {}

  static List<WorkTable> all() {
    return List.of(
        partitioned("by-root")
            .then(
                "CREATE TABLE work.\"by-root-a\" PARTITION OF %s FOR VALUES FROM (0) TO (50)",
                "CREATE TABLE work.\"by-root-b\" (more int, note text, part int NOT NULL, id int"
                    + " NOT NULL)",
                "ALTER TABLE work.\"by-root-b\" DROP more",
                "ALTER TABLE %s ATTACH PARTITION work.\"by-root-b\" FOR VALUES FROM (50) TO (75)",
                "CREATE TABLE work.\"by-root-c\" PARTITION OF %s DEFAULT PARTITION BY HASH (part)",
                "CREATE TABLE work.\"by-root-c-0\" PARTITION OF work.\"by-root-c\" FOR VALUES WITH"
                    + " (modulus 1, remainder 0)")
            .expecting("SELECT * FROM %s"),
        inheritable("inherited"),
        inheritable("inheriting")
            .madeBy("CREATE TABLE %s (PRIMARY KEY (id)) INHERITS (work.inherited)"));
  }

  private static WorkTable partitioned(String name) {
    return partition(name)
        .madeBy(
            "CREATE TABLE %s (part int NOT NULL, id int NOT NULL, note text, PRIMARY KEY (part,"
                + " id)) PARTITION BY RANGE (part)");
  }

  private static WorkTable partition(String name) {
    return WorkTable.of(
        name,
        2,
        notNull("part", "int", Literals.numbers(0, 100)),
        notNull("id", "int", Literals.numbers(0, 3)),
        new Column("note", "text", Literals.texts(10)));
  }

  private static WorkTable inheritable(String name) {
    return WorkTable.of(
        name,
        1,
        notNull("id", "int", Literals.numbers(0, 40)),
        new Column("note", "text", Literals.texts(10)));
  }
}
