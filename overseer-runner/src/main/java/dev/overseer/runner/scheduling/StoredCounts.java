package dev.overseer.runner.scheduling;

import dev.overseer.runner.scheduling.ItemBytes.Reader;
import dev.overseer.runner.scheduling.ItemBytes.Writer;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.Arrays;
import java.util.Optional;

/**
 * How many there are of what a checkpoint holds, written with it, so that nobody need count
 * millions of them at the next start. Belongs to one thread.
 */
final class StoredCounts {
  private final Space space;
  private final byte[] key;
  private final Optional<long[]> atStart;
  private long[] written = {};

  /**
   * @param key under which nothing else is kept
   */
  StoredCounts(OrderedStore store, Space space, byte[] key) {
    this.space = space;
    this.key = key;
    this.atStart = store.find(space, key).map(StoredCounts::read);
  }

  /** The counts of the checkpoint in the store; empty where it has none. */
  Optional<long[]> atStart() {
    return atStart;
  }

  /** Puts the counts as they will be after the batch into it, unless they are there already. */
  void stage(WriteBatch batch, long... counts) {
    if (!Arrays.equals(counts, written)) {
      Writer writer = new Writer();
      Arrays.stream(counts).forEach(writer::number);
      batch.put(space, key, writer.done());
      written = counts;
    }
  }

  private static long[] read(byte[] bytes) {
    Reader reader = new Reader(bytes, 0);
    long[] counts = new long[bytes.length / Long.BYTES];
    Arrays.setAll(counts, _ -> reader.number());
    return counts;
  }
}
