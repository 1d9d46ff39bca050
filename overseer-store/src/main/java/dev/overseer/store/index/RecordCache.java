package dev.overseer.store.index;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;

/**
 * What was read lately of records, complete for each: a record that changed is looked at several
 * times within a second or two, to select, and to judge the views it is in.
 *
 * <p>One thread writes and many read. A reader that missed reads the store without a lock, and what
 * it found is kept only if the writer was not at that record meanwhile: every record has a stamp,
 * shared with some others, which is odd while it is being written and higher afterwards.
 */
final class RecordCache<L extends List<?>> {
  /** A longer list is read at once, and kept, when it was asked for often. */
  static final int SHORT_MAX = 128;

  static final int ASKED_OFTEN = 32;

  private static final int STAMPS = 1 << 16;
  private static final int FOR_EVER = Integer.MAX_VALUE;

  private final AtomicIntegerArray stamps = new AtomicIntegerArray(STAMPS);
  private final Bounds bounds;
  private final Map<RecordKey, Kept<L>> lists = new LinkedHashMap<>(1024, 0.75f, true);
  private final Set<ModelName> askedFor = ConcurrentHashMap.newKeySet();
  private long values;

  /**
   * What is kept at most.
   *
   * @param listMax a longer list is not kept
   */
  record Bounds(int records, int values, int listMax) {}

  /** Reads a record's list. */
  @FunctionalInterface
  interface Reading<L> {
    /** Nothing if it is longer than {@code max}. */
    Optional<L> read(RecordKey record, int max);
  }

  private sealed interface Kept<L> {
    int weight();

    record Whole<L extends List<?>>(L list) implements Kept<L> {
      @Override
      public int weight() {
        return 1 + list.size();
      }
    }

    /**
     * It is long.
     *
     * @param questions how often it may be asked for before it is read
     */
    record TooLong<L>(int questions) implements Kept<L> {
      @Override
      public int weight() {
        return 1;
      }
    }
  }

  RecordCache(Bounds bounds) {
    this.bounds = bounds;
  }

  /**
   * The record's list, from {@code reading} if it is not kept; nothing if it is too long to be
   * kept, or long and not asked for often enough yet.
   */
  Optional<L> get(RecordKey record, Reading<L> reading) {
    int max = SHORT_MAX;
    askedFor.add(record.model());
    synchronized (lists) {
      switch (lists.get(record)) {
        case Kept.Whole<L>(L list) -> {
          return Optional.of(list);
        }
        case Kept.TooLong<L>(int questions) -> {
          if (questions > 0) {
            put(record, new Kept.TooLong<>(questions == FOR_EVER ? FOR_EVER : questions - 1));
            return Optional.empty();
          }
          max = bounds.listMax();
        }
        case null -> {}
      }
    }
    int stamp = stamps.get(stampOf(record));
    Optional<L> found = reading.read(record, max);
    keep(record, stamp, found, max);
    return found;
  }

  private void keep(RecordKey record, int stamp, Optional<L> list, int max) {
    synchronized (lists) {
      if ((stamp & 1) == 0 && stamps.get(stampOf(record)) == stamp) {
        int questions = max < bounds.listMax() ? ASKED_OFTEN : FOR_EVER;
        put(
            record,
            list.<Kept<L>>map(Kept.Whole::new).orElseGet(() -> new Kept.TooLong<>(questions)));
      }
    }
  }

  private void put(RecordKey record, Kept<L> kept) {
    Kept<L> before = lists.put(record, kept);
    values += kept.weight() - (before == null ? 0 : before.weight());
    Iterator<Kept<L>> eldest = lists.values().iterator();
    while (values > bounds.values() || lists.size() > bounds.records()) {
      values -= eldest.next().weight();
      eldest.remove();
    }
  }

  /**
   * Comes before the store is written.
   *
   * @return what {@link #endWrite} wants to be told
   */
  int[] beginWrite(List<RecordKey> records) {
    int[] written = new int[records.size()];
    for (int i = 0; i < written.length; i++) {
      written[i] = stampOf(records.get(i));
      // Whoever keeps a list holds the lock that additions take after this, so that is fence
      // enough.
      stamps.setRelease(written[i], stamps.getPlain(written[i]) | 1);
    }
    return written;
  }

  /** Whether it is worth keeping what is written of records like this one. */
  boolean isAskedFor(ModelName model) {
    return askedFor.contains(model);
  }

  boolean has(RecordKey record) {
    synchronized (lists) {
      return lists.containsKey(record);
    }
  }

  /** Comes after the store was written, before what is added: it had nothing of the record. */
  void addEmpty(RecordKey record, L empty) {
    synchronized (lists) {
      if (!lists.containsKey(record)) {
        put(record, new Kept.Whole<>(empty));
      }
    }
  }

  /**
   * Makes a list longer.
   *
   * @param <L> of the lists
   */
  @FunctionalInterface
  interface Addition<L> {
    L to(L list);
  }

  /**
   * Comes after the store was written, for each value added, in order.
   *
   * @param isNew whether a value may be added to a list; not if it is there already
   */
  void add(RecordKey record, Predicate<L> isNew, Addition<L> addition) {
    synchronized (lists) {
      if (lists.get(record) instanceof Kept.Whole<L>(L list) && isNew.test(list)) {
        put(
            record,
            list.size() < bounds.listMax()
                ? new Kept.Whole<>(addition.to(list))
                : new Kept.TooLong<>(FOR_EVER));
      }
    }
  }

  /** Comes when everything is added. */
  void endWrite(int[] written) {
    for (int stamp : written) {
      stamps.setRelease(stamp, (stamps.getPlain(stamp) | 1) + 1);
    }
  }

  /** After a write of which nobody knows what became of it. */
  void clear() {
    synchronized (lists) {
      lists.clear();
      values = 0;
    }
  }

  private static int stampOf(RecordKey record) {
    int hash = record.hashCode() * 0x9E3779B9;
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(STAMPS));
  }
}
