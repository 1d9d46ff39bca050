package dev.overseer.bench.crash;

import java.util.List;
import java.util.Locale;

/** The two tables of the load, each in a database of its own. */
enum Table {
  WITHDRAWALS("payments", "id uuid", "amount numeric(38,18)", "status text", "revision int"),
  ENTRIES(
      "ledger",
      "id uuid",
      "withdrawal_id uuid",
      "amount numeric(38,18)",
      "kind text",
      "revision int");

  private final String source;
  private final List<String> declarations;

  Table(String source, String... declarations) {
    this.source = source;
    this.declarations = List.of(declarations);
  }

  /** The name of its database among Overseer's sources. */
  String source() {
    return source;
  }

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> columns() {
    return declarations.stream().map(it -> it.substring(0, it.indexOf(' '))).toList();
  }

  String creation() {
    return "create table %s (%s not null, primary key (id))"
        .formatted(sqlName(), String.join(" not null, ", declarations));
  }

  /** With one parameter of text for each column. */
  String insertion() {
    return "insert into %s values (%s)".formatted(sqlName(), String.join(", ", parameters()));
  }

  /** With one parameter of text for each column, and the id once more. */
  String update() {
    return "update %s set (%s) = row(%s) where id = ?::uuid"
        .formatted(sqlName(), String.join(", ", columns()), String.join(", ", parameters()));
  }

  String deletion() {
    return "delete from %s where id = ?::uuid".formatted(sqlName());
  }

  private List<String> parameters() {
    return declarations.stream().map(it -> "?::" + it.substring(it.indexOf(' ') + 1)).toList();
  }
}
