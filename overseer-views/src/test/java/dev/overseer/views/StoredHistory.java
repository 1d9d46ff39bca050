package dev.overseer.views;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.index.CommitSearch;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What sources sent, in a log in memory, and indexed before each read. */
final class StoredHistory {
  private final Definitions definitions;
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final KeyValueUpdateIndex index;
  private final Indexer indexer;

  /** Changes that the index could not read. */
  final List<LogRecord.Change> unreadable = new ArrayList<>();

  StoredHistory(Definitions definitions) {
    this.definitions = definitions;
    this.index =
        KeyValueUpdateIndex.open(
            new MemoryStore(Durability.WRITTEN, KeyValueUpdateIndex.SPACES),
            definitions,
            IndexIdentity.of(log.identity(), definitions));
    this.indexer =
        new Indexer(
            log,
            index,
            definitions,
            Formats.standard()::decoder,
            (record, _, _) -> unreadable.add((LogRecord.Change) record),
            Map.of(),
            new Totalling(index, log, definitions, Formats.standard()));
  }

  PgLogWriter open(String source) {
    PgLogWriter writer = new PgLogWriter(source, log::append);
    writer.open();
    return writer;
  }

  StoredViews views(ViewLimits limits) {
    return new StoredViews(index, log, definitions, Formats.standard(), limits);
  }

  /** The commits of a source from {@code from} to {@code to}. */
  CommitSearch commits(String source, LogOffset from, LogOffset to) {
    return new CommitSearch(index, log, new SourceName(source), from, to);
  }

  /** The offset that the next record will get. */
  LogOffset here() {
    return log.appended();
  }

  void index() {
    log.sync();
    while (indexer.step()) {
      // until the index has all
    }
  }
}
