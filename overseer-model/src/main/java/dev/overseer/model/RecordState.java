package dev.overseer.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is known of a record as of some time. */
public sealed interface RecordState {

  /** No update of this key was seen up to then. */
  record NeverSeen() implements RecordState {}

  /** Its last update removed it (or its table was truncated after). */
  record Deleted() implements RecordState {}

  /**
   * It exists. {@code values} has every column that the source's schema named at its last update.
   */
  record Present(Map<String, Value> values) implements RecordState {
    /** The value of a column; {@link Value.Unknown} when the schema has no such column. */
    public Value value(String column) {
      Value value = values.get(column);
      return value == null ? new Value.Unknown("no column '" + column + "' was sent") : value;
    }

    /**
     * The value in the source's own text, as record keys are written; empty when it is null or
     * unknown.
     */
    public Optional<String> sourceText(String column) {
      return values instanceof SourceTexts texts
          ? texts.sourceText(column)
          : SourceTexts.of(value(column));
    }
  }

  /** Values that still know the text that the source sent. */
  interface SourceTexts {
    Optional<String> sourceText(String column);

    /** The text of a value of which nothing else is known. */
    private static Optional<String> of(Value value) {
      return switch (value) {
        case Value.Text(String text) -> Optional.of(text);
        case Value.Number(BigDecimal number) -> Optional.of(number.toPlainString());
        case Value.Bool(boolean truth) -> Optional.of(truth ? "t" : "f");
        case Value.Time(Instant time) -> Optional.of(time.toString());
        case Value.Null _, Value.Unknown _, Value.Bytes _, Value.Items _, Value.Document _ ->
            Optional.empty();
      };
    }
  }

  /** It cannot be told, for a stated reason: a dead letter, say. */
  record Unreadable(String reason) implements RecordState {}

  RecordState NEVER_SEEN = new NeverSeen();
  RecordState DELETED = new Deleted();
}
