package dev.overseer.bench.log;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.process.Directories;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.store.index.IndexEntry;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import dev.overseer.store.keyvalue.Space;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The peer: RocksDB holds the updates themselves, each under its number, which is the cheapest key
 * there is, and the very entries that our index makes of them, which it is given. One batch for
 * each group, with its own log synced; done when all is flushed and RocksDB at rest.
 */
final class RocksContender implements Contender {
  static final String NAME = "rocksdb";

  private static final long CACHE_BYTES = 48 << 20;

  /** Ours would be flushed all too often with values in it. */
  private static final long WRITE_BUFFER_BYTES = 64 << 20;

  private static final List<Space> SPACES =
      Stream.concat(Stream.of(BatchWithValues.VALUES), KeyValueUpdateIndex.SPACES.stream())
          .toList();

  private final long whole;
  private final IntSupplier groupUpdates;

  RocksContender(long whole, IntSupplier groupUpdates) {
    this.whole = whole;
    this.groupUpdates = groupUpdates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement warmUp() {
    return run(Math.max(1, whole / OverseerContender.WARM_UP_PART));
  }

  @Override
  public Measurement run() {
    return run(whole);
  }

  private Measurement run(long count) {
    Path directory = Directories.temporary("overseer-bench-rocksdb");
    RocksSettings settings =
        RocksSettings.of(Durability.SYNCED, SPACES)
            .withBlockCacheBytes(CACHE_BYTES)
            .withWriteBufferBytes(WRITE_BUFFER_BYTES);
    try (RocksStore store = RocksStore.open(directory, settings)) {
      long begun = System.nanoTime();
      writeAll(store, count);
      store.flush();
      Quiet.await(store);
      double seconds = OverseerContender.seconds(begun);
      double raw = (double) count * GeneratedUpdates.BYTES;
      return new Measurement(
          count,
          seconds,
          List.of(new Figure("bytes a raw byte", Directories.bytes(directory) / raw, "")));
    } finally {
      Directories.remove(directory);
    }
  }

  private void writeAll(RocksStore store, long count) {
    GeneratedUpdates updates = new GeneratedUpdates(count);
    BatchWithValues values = new BatchWithValues(store);
    KeyValueUpdateIndex index =
        KeyValueUpdateIndex.open(
            values,
            GeneratedUpdates.definitions(),
            IndexIdentity.of(new UUID(0, 0), GeneratedUpdates.definitions()));
    int group = groupUpdates.getAsInt();
    List<IndexEntry> entries = new ArrayList<>(group);
    for (long number = 0; number < count; number++) {
      values.add(number, updates.bytes(number));
      entries.add(entry(updates, number));
      if (entries.size() == group || number == count - 1) {
        index.write(entries, List.of(), new LogOffset(number + 1));
        entries.clear();
      }
    }
  }

  private static IndexEntry entry(GeneratedUpdates updates, long number) {
    LogOffset offset = new LogOffset(number);
    IndexedUpdate update =
        new IndexedUpdate(
            new EffectiveTime(number / 100), offset, offset, Operation.UPDATE, Role.SAME_KEY);
    long record = number % updates.records();
    return new IndexEntry.OfRecord(
        updates.record(record), update, List.of(updates.reference(record)));
  }
}
