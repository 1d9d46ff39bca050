package dev.overseer.formats.references;

/** What is known of one column of a row. */
public sealed interface ColumnText {

  /** In the source's own text. */
  record Sent(String text) implements ColumnText {}

  /** It is null. */
  record Null() implements ColumnText {}

  /** It cannot be told. */
  record Untold(String why) implements ColumnText {}

  ColumnText NULL = new Null();
}
