package dev.overseer.server.transcript;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.LogRecord.DeadLetter;
import dev.overseer.model.LogRecord.Expired;
import dev.overseer.model.LogRecord.Forked;
import dev.overseer.model.LogRecord.Horizon;
import dev.overseer.model.LogRecord.Mark;
import dev.overseer.model.LogRecord.Schema;
import dev.overseer.model.LogRecord.SourceOpened;
import dev.overseer.model.LogRecord.TableKnown;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.LogRecord.TableUnknown;
import dev.overseer.model.LogRecord.TimeBasis;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes a record of its {@link ExactFields}; fails with {@link InvalidRequest} when it cannot. */
final class RecordReading {
  private RecordReading() {}

  static LogRecord read(RecordKind kind, SourceName source, Fields fields) {
    LogRecord record =
        switch (kind) {
          case SOURCE_OPENED ->
              new SourceOpened(
                  source,
                  fields.text("type"),
                  incarnation(fields),
                  fields.number("clockOffsetMicros"));
          case SCHEMA ->
              new Schema(
                  source,
                  table(fields),
                  fields.text("format"),
                  fields.bytes("bytes"),
                  fields.has("treated") ? TreatedFields.read(fields.lists("treated")) : List.of());
          case CHANGE ->
              new Change(
                  source,
                  fields.count("ordinal"),
                  constant(fields, "operation", Operation.values()),
                  offset(fields, "schemaOffset"),
                  fields.bytes("raw"));
          case DEAD_LETTER ->
              new DeadLetter(
                  source,
                  fields.count("ordinal"),
                  fields.text("format"),
                  fields.text("reason"),
                  fields.bytes("raw"));
          case COMMIT -> commit(source, fields);
          case MARK ->
              new Mark(source, time(fields, "watermarkMicros"), position(fields, "position"));
          case TABLE_KNOWN -> new TableKnown(source, table(fields), time(fields, "fromMicros"));
          case TABLE_UNKNOWN ->
              new TableUnknown(
                  source, table(fields), time(fields, "afterMicros"), fields.text("reason"));
          case TABLE_READING ->
              new TableReading(
                  source,
                  table(fields),
                  fields.number("rows"),
                  fields.has("next") ? Optional.of(fields.texts("next")) : Optional.empty(),
                  fields.lists("again"));
          case HORIZON -> new Horizon(source, time(fields, "fromMicros"));
          case EXPIRED -> new Expired(source, fields.count("ordinal"));
          case FORKED ->
              new Forked(
                  source,
                  incarnation(fields),
                  position(fields, "fork"),
                  offset(fields, "disownedOffset"),
                  time(fields, "fromMicros"));
        };
    fields.requireNoOthers();
    return record;
  }

  private static Commit commit(SourceName source, Fields fields) {
    return new Commit(
        source,
        new TransactionId(incarnation(fields), position(fields, "position")),
        position(fields, "end"),
        fields.number("xid"),
        offset(fields, "firstOffset"),
        fields.count("count"),
        instant(fields, "commitTime"),
        time(fields, "effectiveMicros"),
        constant(fields, "basis", TimeBasis.values()));
  }

  private static Incarnation incarnation(Fields fields) {
    return new Incarnation(fields.text("system"), fields.number("timeline"));
  }

  private static TableName table(Fields fields) {
    return new TableName(fields.text("tableSchema"), fields.text("table"));
  }

  private static EffectiveTime time(Fields fields, String name) {
    return new EffectiveTime(fields.number(name));
  }

  private static LogOffset offset(Fields fields, String name) {
    long value = fields.number(name);
    if (value < 0) {
      throw new InvalidRequest("'%s' is not an offset: %d".formatted(name, value));
    }
    return new LogOffset(value);
  }

  private static Instant instant(Fields fields, String name) {
    String text = fields.text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidRequest("'%s' is not a time: %s".formatted(name, text), e);
    }
  }

  private static <E extends Enum<E>> E constant(Fields fields, String name, E[] constants) {
    String text = fields.text(name);
    return Arrays.stream(constants)
        .filter(constant -> ExactFields.word(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new InvalidRequest("'%s' cannot be '%s'".formatted(name, text)));
  }

  /** As {@link SourcePosition#toString} writes it, and no other way. */
  private static SourcePosition position(Fields fields, String name) {
    String text = fields.text(name);
    try {
      SourcePosition position = position(text);
      if (position.toString().equals(text)) {
        return position;
      }
    } catch (NumberFormatException | InvalidRequest e) {
      throw new InvalidRequest("'%s' is not a position: %s".formatted(name, text), e);
    }
    throw new InvalidRequest("'%s' is not a position: %s".formatted(name, text));
  }

  private static SourcePosition position(String text) {
    int chunk = text.indexOf('~');
    return chunk < 0
        ? Lsn.parse(text)
        : new ChunkPosition(
            Lsn.parse(text.substring(0, chunk)), Long.parseLong(text.substring(chunk + 1)));
  }
}
