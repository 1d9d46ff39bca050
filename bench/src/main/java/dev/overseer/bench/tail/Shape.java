package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Ratio;
import java.util.List;

/** How a backlog's changes are cut into transactions, and what is promised of each. */
enum Shape {
  SINGLE_ROW("single-row", 1),
  HUNDRED_ROWS("hundred-rows", 100);

  /** Of the bare reader's rate. */
  private static final double GOAL = 0.9;

  /** Of Debezium's, where a transaction's own costs do not hide those of its changes. */
  private static final double GOAL_OF_DEBEZIUM = 2;

  private final String text;
  private final int rowsPerTransaction;

  Shape(String text, int rowsPerTransaction) {
    this.text = text;
    this.rowsPerTransaction = rowsPerTransaction;
  }

  int rowsPerTransaction() {
    return rowsPerTransaction;
  }

  List<Ratio> ratios() {
    return List.of(
        new Ratio.Bar("tail-" + text, OverseerContender.NAME, BareContender.NAME, GOAL),
        ofDebezium("tail-" + text + "-of-debezium"),
        new Ratio.Told("debezium-" + text, DebeziumContender.NAME, BareContender.NAME));
  }

  private Ratio ofDebezium(String name) {
    return switch (this) {
      case SINGLE_ROW -> new Ratio.Told(name, OverseerContender.NAME, DebeziumContender.NAME);
      case HUNDRED_ROWS ->
          new Ratio.Bar(name, OverseerContender.NAME, DebeziumContender.NAME, GOAL_OF_DEBEZIUM);
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
