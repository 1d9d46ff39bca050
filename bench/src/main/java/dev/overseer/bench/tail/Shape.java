package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Bar;

/** How a backlog's changes are cut into transactions. */
enum Shape {
  SINGLE_ROW("single-row", 1),
  HUNDRED_ROWS("hundred-rows", 100);

  /** Of the bare reader's rate. */
  private static final double GOAL = 0.80;

  private final String text;
  private final int rowsPerTransaction;

  Shape(String text, int rowsPerTransaction) {
    this.text = text;
    this.rowsPerTransaction = rowsPerTransaction;
  }

  int rowsPerTransaction() {
    return rowsPerTransaction;
  }

  Bar bar() {
    return new Bar("tail-" + text, GOAL);
  }

  @Override
  public String toString() {
    return text;
  }
}
