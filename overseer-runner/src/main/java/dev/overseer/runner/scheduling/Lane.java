package dev.overseer.runner.scheduling;

import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A set of items in the order of their keys' bytes, in an ordered store and, as far as it is near,
 * in memory. An item that comes and goes between two checkpoints never reaches the store.
 *
 * <p>Everything below the horizon is in {@code near}. Beyond it, what was put since the last
 * checkpoint is in {@code far}, and the rest in the store alone; when {@code near} runs empty, the
 * horizon moves on. A checkpoint saves what is new, and what is too much for memory is then
 * forgotten from its far end. Items in {@code held} are worked on: they come no more, and are saved
 * as if they did, until they are done. Belongs to one thread.
 */
final class Lane<T> {
  private static final int REFILL_MAX = 4096;
  private static final int GONE_MAX = 4096;

  /**
   * How an item is kept.
   *
   * @param merge what becomes of an item and a later one with the same key
   */
  record Form<T>(Keyed<T> key, Valued<T> value, Read<T> read, BinaryOperator<T> merge) {}

  interface Keyed<T> {
    byte[] of(T item);
  }

  interface Valued<T> {
    byte[] of(T item);
  }

  interface Read<T> {
    T from(byte[] key, byte[] value);
  }

  private static final class Entry<T> {
    private final byte[] key;
    private T item;
    private boolean stored;
    private boolean unsaved;
    private boolean removed;

    Entry(byte[] key, T item, boolean stored) {
      this.key = key;
      this.item = item;
      this.stored = stored;
    }
  }

  private final OrderedStore store;
  private final Space space;
  private final byte[] prefix;
  private final Form<T> form;
  private final int nearMax;
  private final TreeMap<byte[], Entry<T>> near = new TreeMap<>(Arrays::compareUnsigned);
  private final TreeMap<byte[], Entry<T>> far = new TreeMap<>(Arrays::compareUnsigned);
  private final ArrayDeque<Entry<T>> held = new ArrayDeque<>();
  private final TreeSet<byte[]> removed = new TreeSet<>(Arrays::compareUnsigned);
  private final List<Entry<T>> unsaved = new ArrayList<>();

  /** How many of {@code unsaved} are there no more. */
  private int gone;

  private byte @Nullable [] horizon;

  /** The least of {@code near}, if it was looked for since that changed. */
  private @Nullable Entry<T> head;

  private long size;

  /**
   * @param prefix of all of this lane's keys in {@code space}
   * @param nearMax how many items stay in memory after a checkpoint
   * @param size how many items the store has; without it they are counted, which takes its time
   */
  Lane(
      OrderedStore store,
      Space space,
      byte[] prefix,
      Form<T> form,
      int nearMax,
      OptionalLong size) {
    this.store = store;
    this.space = space;
    this.prefix = prefix;
    this.form = form;
    this.nearMax = nearMax;
    this.size = size.orElseGet(this::count);
    this.horizon = this.size == 0 ? null : prefix;
  }

  long size() {
    return size;
  }

  /** How many items a checkpoint would write. */
  int unsavedCount() {
    return unsaved.size() - gone + removed.size();
  }

  /** Adds an item, or merges it with the one of the same key. */
  void put(T item) {
    byte[] key = form.key().of(item);
    Entry<T> fresh = new Entry<>(key, item, false);
    Entry<T> known = isNear(key) ? near.putIfAbsent(key, fresh) : putBeyond(key, fresh);
    if (known == null) {
      forgetHeadAfter(key);
      size++;
      markUnsaved(fresh);
    } else {
      known.item = form.merge().apply(known.item, item);
      markUnsaved(known);
    }
  }

  private @Nullable Entry<T> putBeyond(byte[] key, Entry<T> fresh) {
    Entry<T> known = far.putIfAbsent(key, fresh);
    Entry<T> stored = known == null ? findBeyond(key) : null;
    if (stored != null) {
      far.put(key, stored);
    }
    return known == null ? stored : known;
  }

  /** Puts another item in the place of one that is still as it was, under the same key. */
  void swap(T before, T after) {
    Entry<T> entry = near.get(form.key().of(before));
    if (entry != null && entry.item.equals(before)) {
      entry.item = after;
      markUnsaved(entry);
    }
  }

  /** Puts another item in the place of one that is there, under the same key. */
  void replace(T item) {
    Entry<T> entry = near.get(form.key().of(item));
    if (entry != null) {
      entry.item = item;
      markUnsaved(entry);
    }
  }

  /** The least item; null when there is none. */
  @Nullable T first() {
    Entry<T> first = head();
    return first == null ? null : first.item;
  }

  private @Nullable Entry<T> head() {
    if (head == null) {
      while (near.isEmpty() && horizon != null) {
        refill(horizon);
      }
      head = near.isEmpty() ? null : near.firstEntry().getValue();
    }
    return head;
  }

  private void forgetHeadAfter(byte[] key) {
    if (head != null && Arrays.compareUnsigned(key, head.key) <= 0) {
      head = null;
    }
  }

  private @Nullable Entry<T> pollFirst() {
    Map.Entry<byte[], Entry<T>> first = near.pollFirstEntry();
    head = null;
    return first == null ? null : first.getValue();
  }

  /** Whether the first key comes before that of another lane, but for the lanes' own prefixes. */
  boolean headComesBefore(Lane<T> other) {
    byte[] mine = near.firstKey();
    byte[] others = other.near.firstKey();
    return Arrays.compareUnsigned(
            mine, prefix.length, mine.length, others, other.prefix.length, others.length)
        < 0;
  }

  void removeFirst() {
    Entry<T> first = pollFirst();
    if (first != null) {
      dropped(first);
    }
  }

  /** Keeps the first item until it is {@link #done}, and passes it over meanwhile. */
  void holdFirst() {
    Entry<T> first = pollFirst();
    if (first != null) {
      held.addLast(first);
    }
  }

  /** The item is held no more, and removed. */
  void done(T item) {
    Entry<T> entry = release(item);
    if (entry != null) {
      dropped(entry);
    }
  }

  /** The item is held no more, and as if it never was. */
  void giveBack(T item) {
    Entry<T> entry = release(item);
    if (entry != null) {
      near.put(entry.key, entry);
      forgetHeadAfter(entry.key);
    }
  }

  /** Mostly the one that was held first; sometimes one that nothing was to be done of. */
  private @Nullable Entry<T> release(T item) {
    Entry<T> eldest = held.peekFirst();
    if (eldest != null && eldest.item.equals(item)) {
      return held.pollFirst();
    }
    for (Entry<T> entry : held) {
      if (entry.item.equals(item)) {
        held.remove(entry);
        return entry;
      }
    }
    return null;
  }

  int heldCount() {
    return held.size();
  }

  /** The least item, be it held or not; null when there is none. */
  @Nullable T earliest() {
    Entry<T> eldest = held.peekFirst();
    return eldest == null ? first() : eldest.item;
  }

  /** Removes an item that is there. */
  void remove(T item) {
    byte[] key = form.key().of(item);
    boolean isNear = isNear(key);
    Entry<T> entry = isNear ? near.remove(key) : far.remove(key);
    forgetHeadAfter(key);
    if (entry != null) {
      dropped(entry);
    } else if (!isNear && removed.add(key)) {
      size--;
    }
  }

  /** The items in memory, in order. Nothing may be changed while going through them. */
  Iterable<T> nearItems() {
    first();
    return () -> near.values().stream().map(entry -> entry.item).iterator();
  }

  /** How many of the items in memory come before {@code key}. */
  long countNearBelow(byte[] key) {
    first();
    return near.headMap(key).size();
  }

  void stage(WriteBatch batch) {
    removed.forEach(key -> batch.delete(space, key));
    for (Entry<T> entry : unsaved) {
      if (!entry.removed) {
        batch.put(space, entry.key, form.value().of(entry.item));
      }
    }
  }

  /** What was staged is in the store. */
  void saved() {
    removed.clear();
    for (Entry<T> entry : unsaved) {
      entry.unsaved = false;
      entry.stored = true;
    }
    unsaved.clear();
    gone = 0;
    far.clear();
    if (near.size() > nearMax) {
      forgetFarEnd();
    }
  }

  private void forgetFarEnd() {
    head = null;
    while (near.size() > nearMax / 2) {
      horizon = near.pollLastEntry().getKey();
    }
  }

  private boolean isNear(byte[] key) {
    return horizon == null || Arrays.compareUnsigned(key, horizon) < 0;
  }

  private @Nullable Entry<T> findBeyond(byte[] key) {
    return removed.contains(key)
        ? null
        : store
            .find(space, key)
            .map(value -> new Entry<>(key, form.read().from(key, value), true))
            .orElse(null);
  }

  private void markUnsaved(Entry<T> entry) {
    if (!entry.unsaved) {
      entry.unsaved = true;
      unsaved.add(entry);
    }
  }

  private void dropped(Entry<T> entry) {
    size--;
    entry.removed = true;
    if (entry.stored) {
      removed.add(entry.key);
    }
    if (entry.unsaved && ++gone > GONE_MAX && gone > unsaved.size() / 2) {
      unsaved.removeIf(each -> each.removed);
      gone = 0;
    }
  }

  private void refill(byte[] from) {
    head = null;
    try (Cursor cursor = store.ascending(space, KeyRange.from(from))) {
      horizon = null;
      for (int i = 0; cursor.next() && startsWithPrefix(cursor.key()); i++) {
        if (i == Math.min(nearMax, REFILL_MAX)) {
          horizon = cursor.key();
          break;
        }
        byte[] key = cursor.key();
        if (!removed.contains(key) && !far.containsKey(key)) {
          near.put(key, new Entry<>(key, form.read().from(key, cursor.value()), true));
        }
      }
    }
    Map<byte[], Entry<T>> come = horizon == null ? far : far.headMap(horizon);
    near.putAll(come);
    come.clear();
  }

  private boolean startsWithPrefix(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private long count() {
    long count = 0;
    try (Cursor cursor = store.ascending(space, KeyRange.prefix(prefix))) {
      while (cursor.next()) {
        count++;
      }
    }
    return count;
  }
}
