package dev.overseer.store.index;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The records with which a source's positions came to belong to another incarnation. */
final class Eras {
  private static final byte[] PREFIX = "era/".getBytes(StandardCharsets.UTF_8);

  private Eras() {}

  /** Empty when the record begins none. */
  static Optional<IndexEntry> begunBy(
      LogRecord record, LogOffset offset, Map<SourceName, SourceProgress> before) {
    return switch (record) {
      case LogRecord.Forked forked -> Optional.of(new IndexEntry.OfEra(forked.source(), offset));
      case LogRecord.SourceOpened opened ->
          Optional.ofNullable(before.get(opened.source()))
                  .filter(source -> source.incarnation().equals(opened.incarnation()))
                  .isPresent()
              ? Optional.empty()
              : Optional.of(new IndexEntry.OfEra(opened.source(), offset));
      case LogRecord.Commit _,
          LogRecord.Mark _,
          LogRecord.Schema _,
          LogRecord.Change _,
          LogRecord.DeadLetter _,
          LogRecord.Expired _,
          LogRecord.Horizon _,
          LogRecord.TableReading _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _ ->
          Optional.empty();
    };
  }

  static byte[] key(SourceName source, LogOffset begins) {
    return prefix(source).fixed(begins.value()).toBytes();
  }

  static KeyRange range(SourceName source) {
    return KeyRange.prefix(prefix(source).toBytes());
  }

  static LogOffset read(byte[] key) {
    return new LogOffset(ByteBuffer.wrap(key).getLong(key.length - Long.BYTES));
  }

  private static ByteWriter prefix(SourceName source) {
    return new ByteWriter(64).raw(PREFIX).text(source.value());
  }
}
