package dev.overseer.bench.oracle;

import static dev.overseer.bench.oracle.Column.notNull;
import static dev.overseer.bench.oracle.WorkTable.Trait.CASCADING;
import static dev.overseer.bench.oracle.WorkTable.Trait.FOUND_BY_CHANCE;
import static dev.overseer.bench.oracle.WorkTable.Trait.INSERT_ONLY;
import static dev.overseer.bench.oracle.WorkTable.Trait.LARGE;

import dev.overseer.model.SourceName;
import java.util.ArrayList;
import java.util.List;

/** All tables of the workload: everything that a table, a key and a value can be. */
final class WorkTables {
  private static final String FULL = "ALTER TABLE %s REPLICA IDENTITY FULL";
  private static final int LISTS_SINCE = 15;
  private static final int GENERATED_SINCE = 18;

  private WorkTables() {}

  /**
   * @param version of the server
   */
  static List<WorkTable> all(int version) {
    List<WorkTable> tables = new ArrayList<>();
    tables.addAll(keys());
    tables.addAll(identities());
    tables.addAll(largeValues());
    tables.addAll(referring());
    tables.add(Evolution.TABLE);
    tables.add(Swap.TABLE);
    tables.add(Flood.TABLE);
    tables.addAll(PartitionTables.all());
    tables.addAll(TypeTables.all());
    tables.addAll(madeByTheServer(version));
    if (version >= LISTS_SINCE) {
      tables.addAll(restricted());
    }
    return tables;
  }

  static List<SourceName> sources(List<WorkTable> tables) {
    return tables.stream().map(WorkTable::source).distinct().toList();
  }

  private static List<WorkTable> keys() {
    return List.of(
        WorkTable.of(
            "plain",
            1,
            notNull("id", "int", Literals.numbers(0, 200)),
            new Column("amount", "numeric", Literals.decimals()),
            new Column("note", "text", Literals.texts(40)),
            Column.of("flag", "boolean", "true", "false")),
        WorkTable.of(
            "composite-key",
            3,
            notNull("region", "text", Literals.oneOf("north", "so,uth", "", "n'orth", "\\N")),
            notNull("number", "bigint", Literals.numbers(-5, 15)),
            notNull("day", "date", Literals.oneOf("2026-02-28", "0044-03-15 BC", "infinity")),
            new Column("amount", "numeric(20, 4)", Literals.numbers(-9, 9))),
        WorkTable.of(
            "Ein \"Tisch\" — стол, 漢字.v2",
            1,
            notNull(
                "Schlüssel \"id\"", "text", Literals.oneOf("ä", "A\u0308", "Я", "🙂", "a b", "'")),
            new Column("select", "text", Literals.texts(20)),
            new Column("Betrag (€)", "numeric", Literals.decimals())),
        WorkTable.of(
                "bulk",
                1,
                notNull("id", "int", Literals.numbers(0, 5000)),
                new Column("note", "text", Literals.texts(20)))
            .with(LARGE));
  }

  private static List<WorkTable> identities() {
    return List.of(
        WorkTable.withoutKey(
                "identity-full",
                1,
                notNull("id", "uuid", Literals.fresh()),
                new Column("amount", "numeric", Literals.decimals()),
                new Column("body", "text", Literals.large(2500)))
            .then(FULL)
            .with(FOUND_BY_CHANCE),
        WorkTable.of(
                "identity-index",
                2,
                notNull("code", "text", Literals.oneOf("a", "b", "c", "d", "e")),
                notNull("number", "int", Literals.numbers(0, 10)),
                notNull("id", "bigint GENERATED ALWAYS AS IDENTITY", _ -> "DEFAULT"),
                new Column("note", "text", Literals.texts(20)))
            .then(
                "CREATE UNIQUE INDEX ON %s (number, code)",
                "ALTER TABLE %s DROP CONSTRAINT \"identity-index_pkey\"",
                "ALTER TABLE %s ADD PRIMARY KEY (id)",
                "ALTER TABLE %s REPLICA IDENTITY USING INDEX \"identity-index_number_code_idx\""),
        WorkTable.withoutKey(
                "identity-nothing",
                1,
                notNull("id", "uuid", Literals.fresh()),
                new Column("note", "text", Literals.texts(20)))
            .then("ALTER TABLE %s REPLICA IDENTITY NOTHING")
            .with(INSERT_ONLY, FOUND_BY_CHANCE),
        WorkTable.withoutKey(
                "no-key",
                1,
                notNull("id", "uuid", Literals.fresh()),
                new Column("note", "text", Literals.texts(20)))
            .with(INSERT_ONLY, FOUND_BY_CHANCE));
  }

  /** Their big columns are seldom written, so that most updates leave them out. */
  private static List<WorkTable> largeValues() {
    return List.of(
        WorkTable.of(
                "large",
                1,
                notNull("id", "int", Literals.numbers(0, 60)),
                new Column("small", "int", Literals.numbers(0, 1000)),
                new Column("body", "text", Literals.large(3000)),
                new Column("other", "jsonb", Literals.json(2500)))
            .then("ALTER TABLE %s ALTER body SET STORAGE EXTERNAL"),
        WorkTable.of(
                "large-full",
                2,
                notNull("part", "int", Literals.numbers(0, 4)),
                notNull("id", "int", Literals.numbers(0, 20)),
                new Column("body", "text", Literals.large(3000)),
                new Column("small", "int", Literals.numbers(0, 1000)))
            .then("ALTER TABLE %s ALTER body SET STORAGE EXTERNAL", FULL));
  }

  /** Emptied with what refers to it; keys change in both at once. */
  private static List<WorkTable> referring() {
    return List.of(
        WorkTable.of(
                "referred",
                1,
                notNull("id", "int", Literals.numbers(0, 40)),
                new Column("note", "text", Literals.texts(10)))
            .with(CASCADING),
        WorkTable.of(
                "referring",
                1,
                notNull("id", "int", Literals.numbers(0, 100)),
                new Column("to", "int", Literals.numbers(0, 40)))
            .then(
                "ALTER TABLE %s ADD FOREIGN KEY (\"to\") REFERENCES work.referred"
                    + " ON DELETE CASCADE ON UPDATE CASCADE"));
  }

  /** Values that no statement names. */
  private static List<WorkTable> madeByTheServer(int version) {
    WorkTable generated =
        WorkTable.of(
                "generated",
                1,
                notNull("id", "bigint GENERATED BY DEFAULT AS IDENTITY", _ -> "DEFAULT"),
                new Column("a", "int", Literals.numbers(0, 1000)),
                new Column("b", "text DEFAULT 'none'", Literals.texts(10)))
            .then(
                "ALTER TABLE %s ADD stored bigint GENERATED ALWAYS AS (a * 2) STORED",
                "ALTER TABLE %s ADD c int")
            .with(FOUND_BY_CHANCE);
    return List.of(
        version < GENERATED_SINCE
            ? generated.expecting("SELECT id, a, b, c FROM %s")
            : generated
                .then("ALTER TABLE %s ADD seen int GENERATED ALWAYS AS (a + 1) VIRTUAL")
                .expecting("SELECT id, a, b, stored, c FROM %s"));
  }

  private static List<WorkTable> restricted() {
    return List.of(
        WorkTable.of(
                "filtered",
                1,
                notNull("id", "int", Literals.numbers(0, 50)),
                new Column("small", "int", Literals.numbers(0, 100)),
                new Column("body", "text", Literals.large(2500)))
            .then(FULL)
            .publishedAs(" WHERE (small > 40)")
            .expecting("SELECT * FROM %s WHERE small > 40"),
        WorkTable.of(
                "listed",
                1,
                notNull("id", "int", Literals.numbers(0, 50)),
                new Column("hidden", "text", Literals.texts(10)),
                new Column("shown", "text", Literals.texts(10)),
                new Column("body", "text", Literals.large(2500)))
            .publishedAs(" (body, id, shown)")
            .expecting("SELECT id, shown, body FROM %s"),
        WorkTable.of(
                "listed-filtered",
                2,
                notNull("id", "int", Literals.numbers(0, 20)),
                notNull("part", "text", Literals.oneOf("a", "b", "c")),
                new Column("note", "text", Literals.texts(10)),
                new Column("hidden", "text", Literals.texts(10)))
            .publishedAs(" (id, part, note) WHERE (part <> 'b' AND id > 5)")
            .expecting("SELECT id, part, note FROM %s WHERE part <> 'b' AND id > 5"));
  }
}
