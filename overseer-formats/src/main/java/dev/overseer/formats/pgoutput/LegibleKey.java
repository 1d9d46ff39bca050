package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.RecordKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which record a change was of that cannot be decoded: its key may stand before the fault. Nothing
 * else of the change is believed. A change that may have moved the key tells no one record.
 */
final class LegibleKey {
  private final ModelColumns columns;
  private final int size;

  private LegibleKey(ModelColumns columns, int size) {
    this.columns = columns;
    this.size = size;
  }

  static Optional<RecordKey> find(byte[] raw, Layout layout, ModelColumns columns) {
    ByteCursor cursor = new ByteCursor(raw, 0, raw.length);
    try {
      PgOutputKind kind = PgOutputKind.of(cursor.int8());
      layout.requireRelation(cursor.int32());
      return new LegibleKey(columns, layout.size()).find(kind, cursor);
    } catch (Undecodable illegible) {
      return Optional.empty();
    }
  }

  private Optional<RecordKey> find(PgOutputKind kind, ByteCursor cursor) throws Undecodable {
    byte mark = cursor.int8();
    return switch (kind) {
      case INSERT -> mark == 'N' ? key(cursor) : Optional.empty();
      case UPDATE -> mark == 'N' ? key(cursor) : unmoved(cursor);
      case DELETE -> mark == 'N' ? Optional.empty() : key(cursor);
      case BEGIN, COMMIT, ORIGIN, RELATION, TYPE, TRUNCATE, MESSAGE -> Optional.empty();
    };
  }

  private Optional<RecordKey> unmoved(ByteCursor cursor) throws Undecodable {
    Optional<RecordKey> old = key(cursor);
    Optional<RecordKey> now = cursor.int8() == 'N' ? key(cursor) : Optional.empty();
    return now.filter(key -> old.equals(now));
  }

  private Optional<RecordKey> key(ByteCursor cursor) throws Undecodable {
    Tuple row = Tuple.readLegible(cursor, size);
    String[] values = new String[columns.key().length];
    for (int i = 0; i < values.length; i++) {
      int column = columns.key()[i];
      if (column >= row.size() || !row.isText(column)) {
        return Optional.empty();
      }
      values[i] = row.text(column);
    }
    return Optional.of(new RecordKey(columns.model().name(), Arrays.asList(values)));
  }
}
