package dev.overseer.server.configuration;

import dev.overseer.server.configuration.Field.Given;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** A stretch of one line of the file; lines and columns count from 1. */
record Place(int line, int column, int length) {
  static final Place START = new Place(1, 1, 1);
  private static final int TO_THE_END_OF_ITS_LINE = Integer.MAX_VALUE;

  static Place of(Node node) {
    return of(node.getStartMark(), node.getEndMark());
  }

  static Place of(Optional<Mark> start, Optional<Mark> end) {
    return start.map(from -> between(from, end.orElse(from))).orElse(START);
  }

  /** Where a value is; the file's start when it is not in it. */
  static Place of(Field<?> field) {
    return field.given().<Place>map(Given::place).orElse(START);
  }

  private static Place between(Mark start, Mark end) {
    int length =
        start.getLine() == end.getLine()
            ? Math.max(1, end.getColumn() - start.getColumn())
            : TO_THE_END_OF_ITS_LINE;
    return new Place(start.getLine() + 1, start.getColumn() + 1, length);
  }
}
