package dev.overseer.server.transcript;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import java.util.Arrays;

/** The kinds of the update log's records, by their names in a transcript. */
public enum RecordKind {
  SOURCE_OPENED("source-opened"),
  SCHEMA("schema"),
  CHANGE("change"),
  DEAD_LETTER("dead-letter"),
  COMMIT("commit"),
  MARK("mark"),
  TABLE_KNOWN("table-known"),
  TABLE_UNKNOWN("table-unknown"),
  TABLE_READING("table-reading"),
  FORKED("forked"),
  HORIZON("horizon"),
  EXPIRED("expired");

  private final String text;

  RecordKind(String text) {
    this.text = text;
  }

  public static RecordKind of(LogRecord record) {
    return switch (record) {
      case LogRecord.SourceOpened _ -> SOURCE_OPENED;
      case LogRecord.Schema _ -> SCHEMA;
      case LogRecord.Change _ -> CHANGE;
      case LogRecord.DeadLetter _ -> DEAD_LETTER;
      case LogRecord.Commit _ -> COMMIT;
      case LogRecord.Mark _ -> MARK;
      case LogRecord.TableKnown _ -> TABLE_KNOWN;
      case LogRecord.TableUnknown _ -> TABLE_UNKNOWN;
      case LogRecord.TableReading _ -> TABLE_READING;
      case LogRecord.Forked _ -> FORKED;
      case LogRecord.Horizon _ -> HORIZON;
      case LogRecord.Expired _ -> EXPIRED;
    };
  }

  /** Fails with {@link InvalidRequest} when there is none of that name. */
  static RecordKind named(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "there is no kind of record '%s'; a later version may have written it"
                        .formatted(text)));
  }

  @Override
  public String toString() {
    return text;
  }
}
