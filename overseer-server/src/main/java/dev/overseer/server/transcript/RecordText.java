package dev.overseer.server.transcript;

import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.RecordKey;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A record as one line for people. */
public final class RecordText {
  private static final int VALUE_LENGTH_MAX = 60;

  private RecordText() {}

  /** Offset, effective time, source, what it is, and what it says; no line ends in it. */
  public static String of(ToldRecord told) {
    String time = told.effectiveTime().map(Object::toString).orElse("-");
    String text =
        "%8s  %-27s  %s  %s".formatted(told.offset(), time, told.record().source(), text(told));
    return text.replaceAll("\\p{Cntrl}", " ").stripTrailing();
  }

  private static String text(ToldRecord told) {
    String kind = RecordKind.of(told.record()).toString();
    return switch (told.record()) {
      case LogRecord.Change change ->
          ExactFields.word(change.operation())
              + told.change().map(RecordText::text).orElse("")
              + (told.commit().isPresent() ? "" : "  (its transaction is not whole)");
      case LogRecord.DeadLetter letter ->
          "%s  %d bytes: %s".formatted(kind, letter.raw().length, letter.reason());
      case Commit commit ->
          "%s  %s, %d changes from offset %s, committed %s"
              .formatted(
                  kind, commit.transaction(), commit.count(), commit.first(), commit.commitTime());
      case LogRecord.Mark mark -> "%s  at %s".formatted(kind, mark.position());
      case LogRecord.SourceOpened opened ->
          "%s  %s %s, clock offset %d us"
              .formatted(kind, opened.type(), opened.incarnation(), opened.clockOffsetMicros());
      case LogRecord.Schema schema ->
          "%s  %s, %s%s"
              .formatted(kind, schema.table(), schema.format(), treated(schema.treated()));
      case LogRecord.TableKnown known -> "%s  %s".formatted(kind, known.table());
      case LogRecord.TableUnknown unknown ->
          "%s  %s: %s".formatted(kind, unknown.table(), unknown.reason());
      case LogRecord.TableReading reading ->
          "%s  %s, %d rows so far".formatted(kind, reading.table(), reading.rows());
      case LogRecord.Horizon horizon -> "%s  %s".formatted(kind, horizon.from());
      case LogRecord.Expired expired ->
          "%s  change %d of its transaction, deleted by retention"
              .formatted(kind, expired.ordinal());
      case LogRecord.Forked forked ->
          "%s  to %s at %s, disowned from offset %s"
              .formatted(kind, forked.incarnation(), forked.fork(), forked.disowned());
    };
  }

  private static String treated(List<TreatedColumn> columns) {
    return TreatedFields.of(columns).stream()
        .map(column -> ", " + column.getFirst() + " treated: " + column.get(1))
        .collect(Collectors.joining());
  }

  private static String text(ToldChange change) {
    StringBuilder text = new StringBuilder();
    change.table().ifPresent(table -> text.append("  ").append(table));
    change.key().ifPresent(key -> text.append("  ").append(key));
    if (!change.others().isEmpty()) {
      text.append("  also of ")
          .append(
              change.others().stream().map(RecordKey::toString).collect(Collectors.joining(" ")));
    }
    change.values().forEach((column, value) -> text.append(' ').append(text(column, value)));
    change.fault().ifPresent(fault -> text.append("  cannot be read: ").append(fault));
    return text.toString();
  }

  private static String text(String column, Value value) {
    String text =
        switch (value) {
          case Value.Null _ -> "null";
          case Value.Unknown _ -> "?";
          case Value.Bool(boolean truth) -> Boolean.toString(truth);
          case Value.Number number -> number.value().toPlainString();
          case Value.Text(String it) -> "'" + it + "'";
          case Value.Time time -> time.value().toString();
          case Value.Bytes(byte[] bytes) -> bytes.length + " bytes";
          case Value.Items items -> items.values().size() + " items";
          case Value.Document(Map<String, Value> fields) -> fields.size() + " fields";
        };
    return column
        + "="
        + (text.length() > VALUE_LENGTH_MAX ? text.substring(0, VALUE_LENGTH_MAX) + "..." : text);
  }
}
