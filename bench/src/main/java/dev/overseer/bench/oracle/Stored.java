package dev.overseer.bench.oracle;

import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.store.index.IndexDirectory;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import dev.overseer.views.ViewReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a stopped Overseer left on disk, read as it reads it itself.
 *
 * @param unreadable what its index found no record's history for, in words
 */
record Stored(
    Definitions definitions,
    Formats formats,
    ReadableLog<LogRecord> log,
    KeyValueUpdateIndex index,
    ViewReader views,
    List<String> unreadable)
    implements AutoCloseable {

  static Stored open(Configuration configuration) {
    Path directory = configuration.dataDirectory();
    Definitions definitions = configuration.definitions();
    Formats formats = Formats.standard();
    ReadableLog<LogRecord> log =
        SegmentedLog.openReadOnly(
            directory.resolve("updates"),
            new UpdateLogCodec(),
            LogSettings.of("updates", new UUID(0, 0), InstantSource.system()));
    List<String> unreadable = new ArrayList<>();
    KeyValueUpdateIndex index =
        IndexDirectory.open(
            directory.resolve("index"),
            RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            definitions,
            IndexIdentity.of(log.identity(), definitions),
            log.end(),
            why -> {
              throw new IllegalStateException("The index that was left cannot be read: " + why);
            });
    try (Indexer indexer =
        new Indexer(
            log,
            index,
            definitions,
            formats::decoder,
            (_, offset, reason) -> unreadable.add("at offset " + offset + ": " + reason))) {
      while (indexer.step()) {
        // To the log's end.
      }
    }
    return new Stored(
        definitions,
        formats,
        log,
        index,
        new StoredViews(index, log, definitions, formats, ViewLimits.DEFAULT),
        unreadable);
  }

  @Override
  public void close() {
    index.close();
    log.close();
  }
}
