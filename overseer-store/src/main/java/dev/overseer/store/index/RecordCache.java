package dev.overseer.store.index;

import dev.overseer.model.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was read lately of records, complete for each: a record that changed is looked at several
 * times within a second or two, to select, and to judge the views it is in.
 *
 * <p>One thread writes and many read. A reader that missed reads the store without a lock, and what
 * it found is kept only if the writer was not at that record meanwhile: every record has a stamp,
 * shared with some others, which is odd while it is being written and higher afterwards.
 */
final class RecordCache<V> {
  /** A longer list is not kept: it would be copied for each addition. */
  static final int LIST_MAX = 128;

  private static final int STAMPS = 1 << 16;

  private final AtomicIntegerArray stamps = new AtomicIntegerArray(STAMPS);

  /** Nothing for a record whose list is too long, and stays so. */
  private final Map<RecordKey, Optional<List<V>>> lists;

  RecordCache(int recordsMax) {
    lists =
        new LinkedHashMap<>(1024, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<RecordKey, Optional<List<V>>> eldest) {
            return size() > recordsMax;
          }
        };
  }

  /**
   * The record's list, from {@code read} if it is not kept; nothing if it is too long to be kept.
   *
   * @param read gives nothing if the list is too long; it will not be asked again for a while
   */
  Optional<List<V>> get(RecordKey record, Function<RecordKey, Optional<List<V>>> read) {
    synchronized (lists) {
      Optional<List<V>> kept = lists.get(record);
      if (kept != null) {
        return kept;
      }
    }
    int stamp = stamps.get(stampOf(record));
    Optional<List<V>> found = read.apply(record);
    keep(record, stamp, found);
    return found;
  }

  private void keep(RecordKey record, int stamp, Optional<List<V>> list) {
    synchronized (lists) {
      if ((stamp & 1) == 0 && stamps.get(stampOf(record)) == stamp) {
        lists.put(record, list);
      }
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

  /** Asked after the store was written, whether {@link #add} could find anything to add to. */
  boolean isEmpty() {
    synchronized (lists) {
      return lists.isEmpty();
    }
  }

  /**
   * Comes after the store was written, for each value added, in order.
   *
   * @param isNew whether a value may be added to a list; not if it is there already
   */
  void add(RecordKey record, V value, Predicate<List<V>> isNew) {
    synchronized (lists) {
      Optional<List<V>> kept = lists.get(record);
      if (kept != null && kept.filter(isNew).isPresent()) {
        lists.put(record, kept.flatMap(list -> longer(list, value)));
      }
    }
  }

  private static <V> Optional<List<V>> longer(List<V> list, V value) {
    if (list.size() == LIST_MAX) {
      return Optional.empty();
    }
    List<V> longer = new ArrayList<>(list);
    longer.add(value);
    return Optional.of(List.copyOf(longer));
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
    }
  }

  private static int stampOf(RecordKey record) {
    int hash = record.hashCode() * 0x9E3779B9;
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(STAMPS));
  }
}
