package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The log's schema records by their offset, each read once. Safe for many threads. */
public final class Schemas {
  private static final int KEPT_MAX = 10_000;

  private final ReadableLog<LogRecord> log;
  private final Map<LogOffset, LogRecord.Schema> kept = new ConcurrentHashMap<>();

  public Schemas(ReadableLog<LogRecord> log) {
    this.log = log;
  }

  /** Fails with {@link CorruptStore} when the record at {@code offset} is not a schema. */
  public LogRecord.Schema get(LogOffset offset) {
    LogRecord.Schema schema = kept.get(offset);
    return schema != null ? schema : read(offset);
  }

  private LogRecord.Schema read(LogOffset offset) {
    if (!(log.get(offset) instanceof LogRecord.Schema schema)) {
      throw new CorruptStore(
          "A change needs the schema at offset " + offset + ", but none is there");
    }
    if (kept.size() >= KEPT_MAX) {
      kept.clear();
    }
    kept.put(offset, schema);
    return schema;
  }
}
