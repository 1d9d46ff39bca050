package dev.overseer.bench.oracle;

import static dev.overseer.bench.oracle.Column.notNull;

import dev.overseer.bench.oracle.WorkTable.Trait;
import java.util.List;

/** All tables of the workload: everything that a table, a key and a value can be. */
final class WorkTables {
  private WorkTables() {}

  static List<WorkTable> all() {
    return List.of(
        plain(), compositeKey(), oddNames(), large(), largeKeyed(), bulk(), wholeRowIdentity());
  }

  private static WorkTable plain() {
    return WorkTable.of(
        "plain",
        1,
        notNull("id", "int", Literals.numbers(0, 200)),
        new Column("amount", "numeric", Literals.decimals()),
        new Column("note", "text", Literals.texts(40)),
        Column.of("flag", "boolean", "true", "false"));
  }

  private static WorkTable compositeKey() {
    return WorkTable.of(
        "composite-key",
        3,
        notNull("region", "text", Literals.oneOf("north", "so,uth", "", "n'orth", "\\N")),
        notNull("number", "bigint", Literals.numbers(-5, 15)),
        notNull("day", "date", Literals.oneOf("2026-02-28", "0044-03-15 BC", "infinity")),
        new Column("amount", "numeric(20, 4)", Literals.numbers(-9, 9)));
  }

  private static WorkTable oddNames() {
    return WorkTable.of(
        "Ein \"Tisch\" — стол, 漢字.v2",
        1,
        notNull("Schlüssel \"id\"", "text", Literals.oneOf("ä", "A\u0308", "Я", "🙂", "a b", "'")),
        new Column("select", "text", Literals.texts(20)),
        new Column("Betrag (€)", "numeric", Literals.decimals()));
  }

  /** Its big column is seldom written, so that most updates leave it out. */
  private static WorkTable large() {
    return WorkTable.of(
            "large",
            1,
            notNull("id", "int", Literals.numbers(0, 60)),
            new Column("small", "int", Literals.numbers(0, 1000)),
            new Column("body", "text", Literals.large(3000)),
            new Column("other", "jsonb", Literals.jsonOf(2500)))
        .then("ALTER TABLE work.large ALTER body SET STORAGE EXTERNAL");
  }

  private static WorkTable largeKeyed() {
    return WorkTable.of(
            "large-keyed",
            2,
            notNull("part", "int", Literals.numbers(0, 4)),
            notNull("id", "int", Literals.numbers(0, 20)),
            new Column("body", "text", Literals.large(3000)),
            new Column("small", "int", Literals.numbers(0, 1000)))
        .then(
            "ALTER TABLE work.\"large-keyed\" ALTER body SET STORAGE EXTERNAL",
            "ALTER TABLE work.\"large-keyed\" REPLICA IDENTITY FULL");
  }

  private static WorkTable bulk() {
    return WorkTable.of(
            "bulk",
            1,
            notNull("id", "int", Literals.numbers(0, 5000)),
            new Column("note", "text", Literals.texts(20)))
        .with(Trait.LARGE);
  }

  private static WorkTable wholeRowIdentity() {
    return WorkTable.of(
            "whole-row-identity",
            1,
            notNull("id", "uuid", Literals.fresh()),
            new Column("amount", "numeric", Literals.decimals()),
            new Column("body", "text", Literals.large(2500)))
        .constrained()
        .then("ALTER TABLE work.\"whole-row-identity\" REPLICA IDENTITY FULL")
        .with(Trait.UNCONSTRAINED);
  }
}
