package dev.overseer.bench.log;

import dev.overseer.bench.process.Directories;
import dev.overseer.formats.Formats;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.RecordKey;
import dev.overseer.model.TransactionId;
import dev.overseer.server.stages.GroupCommit;
import dev.overseer.server.stages.StageThread;
import dev.overseer.server.stages.Vitals;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * The update log and its index, with the threads that the server gives them: whoever appends, one
 * that makes durable, one that indexes, one that packs what is sealed.
 */
public final class LogUnderTest implements AutoCloseable {
  private static final long PAUSE_NANOS = 200_000;
  private static final Incarnation INCARNATION = new Incarnation("bench", 1);

  private final Path directory = Directories.temporary("overseer-bench-log");
  private final Vitals vitals = new Vitals();
  private final SegmentedLog<LogRecord> log;
  private final RocksStore store;
  private final KeyValueUpdateIndex index;
  private final Indexer indexer;
  private final StageThread storing;
  private final StageThread indexing;
  private final StageThread packing;
  private final LogOffset schema;
  private final AtomicLong groups = new AtomicLong();
  private volatile boolean isPacking;
  private long transactions;

  /**
   * @param cacheBytes the log's and the index's, each
   * @param durable is told the log's durable end after each group, on the storing thread
   */
  public LogUnderTest(long cacheBytes, LongConsumer durable) {
    LogSettings settings =
        LogSettings.of("updates", UUID.randomUUID(), InstantSource.system())
            .withCacheBytes(cacheBytes);
    log = SegmentedLog.open(directory.resolve("updates"), new UpdateLogCodec(), settings);
    store =
        RocksStore.open(
            directory.resolve("index"),
            RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES)
                .withBlockCacheBytes(cacheBytes));
    index =
        KeyValueUpdateIndex.open(
            store,
            GeneratedUpdates.definitions(),
            IndexIdentity.of(log.identity(), GeneratedUpdates.definitions()));
    indexer =
        new Indexer(
            log,
            index,
            GeneratedUpdates.definitions(),
            Formats.standard()::decoder,
            (_, offset, reason) -> {
              throw new IllegalStateException(offset + " is unreadable: " + reason);
            });
    log.append(new LogRecord.SourceOpened(GeneratedUpdates.SOURCE, "postgres", INCARNATION, 0));
    schema = log.append(GeneratedUpdates.schema());
    GroupCommit commit = new GroupCommit(log);
    storing = StageThread.start("store", () -> store(commit, durable), vitals);
    indexing = StageThread.start("index", indexer, vitals);
    packing = StageThread.start("pack", this::pack, vitals);
  }

  private boolean pack() {
    isPacking = true;
    isPacking = log.pack();
    return isPacking;
  }

  private boolean store(GroupCommit commit, LongConsumer durable) {
    boolean worked = commit.step();
    if (worked) {
      groups.incrementAndGet();
      durable.accept(log.end().value());
    }
    return worked;
  }

  /**
   * Appends one transaction.
   *
   * @param from the number of its first update
   * @return the offset of its commit
   */
  public long append(GeneratedUpdates updates, long from, int count) {
    LogOffset first = LogOffset.ZERO;
    for (int i = 0; i < count; i++) {
      LogOffset offset = log.append(updates.change(from + i, i, schema));
      first = i == 0 ? offset : first;
    }
    EffectiveTime time = new EffectiveTime(++transactions);
    LogRecord commit =
        new LogRecord.Commit(
            GeneratedUpdates.SOURCE,
            new TransactionId(INCARNATION, new Lsn(transactions)),
            new Lsn(transactions + 1),
            transactions,
            first,
            count,
            time.toInstant(),
            time,
            LogRecord.TimeBasis.COMMIT_TIME);
    return log.append(commit).value();
  }

  /** Waits until all is durable, indexed and packed, and RocksDB is at rest. */
  public void awaitQuiet() {
    LogOffset end = log.appended();
    while (index.consumed().compareTo(end) < 0 || isPacking) {
      requireGood();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    index.flush();
    Quiet.await(store);
  }

  private void requireGood() {
    if (!vitals.areGood()) {
      throw new IllegalStateException("A stage failed: " + vitals.failures());
    }
  }

  /** Records and views of what was indexed. */
  public StoredViews views() {
    return new StoredViews(
        index, log, GeneratedUpdates.definitions(), Formats.standard(), ViewLimits.DEFAULT);
  }

  /** The effective time of the last transaction, in microseconds. */
  public long lastTime() {
    return transactions;
  }

  /** All of a record, as a view reads it: where its updates are, and each of them. */
  long read(RecordKey record) {
    List<IndexedUpdate> found = index.updates(record, AsOf.latest());
    long bytes = 0;
    for (IndexedUpdate update : found) {
      if (log.get(update.change()) instanceof LogRecord.Change change) {
        bytes += change.raw().length;
      }
    }
    return bytes;
  }

  long groups() {
    return groups.get();
  }

  long logBytes() {
    return Directories.bytes(directory.resolve("updates"));
  }

  long indexBytes() {
    return store.tableBytes();
  }

  @Override
  public void close() {
    storing.close();
    indexing.close();
    packing.close();
    indexer.close();
    index.close();
    log.close();
    Directories.remove(directory);
  }
}
