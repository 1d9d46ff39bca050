package dev.overseer.store.index;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.store.log.ByteReader;
import dev.overseer.store.log.ByteWriter;
import dev.overseer.store.log.PositionBytes;
import dev.overseer.store.log.ReadingBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source's progress as bytes in the index. Not for ever: an index of another form is rebuilt. */
final class ProgressCodec {
  private ProgressCodec() {}

  static byte[] write(SourceProgress progress) {
    ByteWriter writer = new ByteWriter(256);
    write(writer, progress);
    return writer.toBytes();
  }

  static void write(ByteWriter writer, SourceProgress progress) {
    writer
        .text(progress.source().value())
        .text(progress.incarnation().system())
        .number(progress.incarnation().timeline())
        .signed(progress.clockOffsetMicros());
    position(writer, progress.commit());
    position(writer, progress.resume());
    writer.fixed(progress.effectiveTime().micros()).fixed(progress.mark().micros());
    writer.fixed(progress.horizon().micros());
    writer.number(progress.schemas().size());
    progress.schemas().forEach((table, offset) -> table(writer, table).number(offset.value()));
    writer.number(progress.known().size());
    progress.known().forEach((table, intervals) -> intervals(table(writer, table), intervals));
    writer.number(progress.reading().size());
    progress.reading().values().forEach(reading -> ReadingBytes.write(writer, reading));
  }

  static SourceProgress read(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes, 0, bytes.length);
    SourceProgress progress = read(reader);
    reader.requireEnd();
    return progress;
  }

  static SourceProgress read(ByteReader reader) {
    SourceName source = new SourceName(reader.text());
    Incarnation incarnation = new Incarnation(reader.text(), reader.number());
    long clockOffsetMicros = reader.signed();
    Optional<SourcePosition> commit = position(reader);
    Optional<SourcePosition> resume = position(reader);
    EffectiveTime effectiveTime = new EffectiveTime(reader.fixed());
    EffectiveTime mark = new EffectiveTime(reader.fixed());
    EffectiveTime horizon = new EffectiveTime(reader.fixed());
    Map<TableName, LogOffset> schemas = new HashMap<>();
    for (int left = reader.size(); left > 0; left--) {
      schemas.put(table(reader), new LogOffset(reader.number()));
    }
    Map<TableName, List<KnownInterval>> known = new HashMap<>();
    for (int left = reader.size(); left > 0; left--) {
      known.put(table(reader), intervals(reader));
    }
    Map<TableName, LogRecord.TableReading> reading = new HashMap<>();
    for (int left = reader.size(); left > 0; left--) {
      LogRecord.TableReading of = ReadingBytes.read(reader, source);
      reading.put(of.table(), of);
    }
    return new SourceProgress(
        source,
        incarnation,
        clockOffsetMicros,
        commit,
        resume,
        effectiveTime,
        mark,
        horizon,
        schemas,
        known,
        reading);
  }

  private static void position(ByteWriter writer, Optional<SourcePosition> position) {
    writer.octet(position.isPresent() ? 1 : 0);
    position.ifPresent(present -> PositionBytes.write(writer, present));
  }

  private static Optional<SourcePosition> position(ByteReader reader) {
    return reader.octet() == 0 ? Optional.empty() : Optional.of(PositionBytes.read(reader));
  }

  private static ByteWriter table(ByteWriter writer, TableName table) {
    return writer.text(table.schema()).text(table.name());
  }

  private static TableName table(ByteReader reader) {
    return new TableName(reader.text(), reader.text());
  }

  private static void intervals(ByteWriter writer, List<KnownInterval> intervals) {
    writer.number(intervals.size());
    intervals.forEach(
        interval -> writer.fixed(interval.from().micros()).fixed(interval.until().micros()));
  }

  private static List<KnownInterval> intervals(ByteReader reader) {
    List<KnownInterval> intervals = new ArrayList<>();
    for (int left = reader.size(); left > 0; left--) {
      intervals.add(
          new KnownInterval(new EffectiveTime(reader.fixed()), new EffectiveTime(reader.fixed())));
    }
    return List.copyOf(intervals);
  }
}
