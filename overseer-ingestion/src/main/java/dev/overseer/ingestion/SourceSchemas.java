package dev.overseer.ingestion;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.TableName;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.AppendLog;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last stored schema of each table. A source sends its schemas again after every reconnect:
 * only one that differs is appended, so that changes go on naming the same record.
 */
final class SourceSchemas {
  private final SourceDefinition definition;
  private final AppendLog<LogRecord> log;
  private final Map<TableName, Stored> stored = new HashMap<>();

  record Stored(LogOffset offset, LogRecord.Schema schema) {
    boolean is(LogRecord.Schema other) {
      return schema.format().equals(other.format())
          && Arrays.equals(schema.bytes(), other.bytes())
          && schema.treated().equals(other.treated());
    }
  }

  SourceSchemas(
      SourceDefinition definition, AppendLog<LogRecord> log, Optional<SourceProgress> progress) {
    this.definition = definition;
    this.log = log;
    progress.ifPresent(known -> known.schemas().forEach(this::take));
  }

  private void take(TableName table, LogOffset offset) {
    if (log.get(offset) instanceof LogRecord.Schema schema) {
      stored.put(table, new Stored(offset, schema));
    }
  }

  Optional<Stored> find(TableName table) {
    return Optional.ofNullable(stored.get(table));
  }

  /** The offset of the record that holds this schema, appended now if it is new. */
  LogOffset offsetOf(TableName table, String format, byte[] bytes) {
    LogRecord.Schema schema =
        new LogRecord.Schema(
            definition.source(), table, format, bytes, definition.treatedOf(table));
    Stored last = stored.get(table);
    if (last != null && last.is(schema)) {
      return last.offset();
    }
    Stored next = new Stored(log.append(schema), schema);
    stored.put(table, next);
    return next.offset();
  }
}
