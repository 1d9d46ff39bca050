package dev.overseer.store.index;

import dev.overseer.model.RecordKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of records, up to a weight: what was not used lately is forgotten. It can tell of
 * nearly all records that were never kept that they were not, and never says so of one that was.
 * Belongs to one thread.
 *
 * <p>Two generations: what is used goes into the young one; when that has half of the weight, the
 * old one is dropped, and the young one is old. So a use costs a look-up and moves no links.
 */
final class KeptRecords<P> {
  private final ToIntFunction<P> weightOf;
  private final long weightMax;
  private final long[] forgotten;
  private Map<RecordKey, P> young = new HashMap<>();
  private Map<RecordKey, P> old = new HashMap<>();
  private long youngWeight;

  /**
   * @param forgottenBits in which forgotten records are remembered, a power of two; 0: no record is
   *     ever told to be new
   */
  KeptRecords(ToIntFunction<P> weightOf, long weightMax, int forgottenBits) {
    this.weightOf = weightOf;
    this.weightMax = weightMax;
    this.forgotten = new long[forgottenBits / Long.SIZE];
  }

  @Nullable P find(RecordKey record) {
    P found = young.get(record);
    if (found == null && !old.isEmpty()) {
      found = old.remove(record);
      if (found != null) {
        put(record, found);
      }
    }
    return found;
  }

  void put(RecordKey record, P kept) {
    young.put(record, kept);
    grew(weightOf.applyAsInt(kept));
  }

  /** What is kept of some record that was used has become heavier. */
  void grew(int weight) {
    youngWeight += weight;
    if (youngWeight > weightMax / 2) {
      old.keySet().forEach(this::remember);
      old = young;
      young = new HashMap<>();
      youngWeight = 0;
    }
  }

  void forget(RecordKey record) {
    young.remove(record);
    old.remove(record);
    remember(record);
  }

  /** Whether nothing was ever kept of it. */
  boolean isNew(RecordKey record) {
    if (forgotten.length == 0) {
      return false;
    }
    long hash = hash(record);
    return !has((int) hash) || !has((int) (hash >>> Integer.SIZE));
  }

  private void remember(RecordKey record) {
    if (forgotten.length > 0) {
      long hash = hash(record);
      set((int) hash);
      set((int) (hash >>> Integer.SIZE));
    }
  }

  private boolean has(int bit) {
    return (forgotten[word(bit)] & (1L << bit)) != 0;
  }

  private void set(int bit) {
    forgotten[word(bit)] |= 1L << bit;
  }

  private int word(int bit) {
    return (bit >>> 6) & (forgotten.length - 1);
  }

  private static long hash(RecordKey record) {
    long mixed = record.hashCode() * 0x9E3779B97F4A7C15L;
    return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
  }
}
