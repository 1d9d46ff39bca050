package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A record's updates in a quarter of the memory that they take as objects. A longer one shares its
 * arrays, and writes only behind what a shorter one shows.
 */
final class UpdateList extends AbstractList<IndexedUpdate> implements RandomAccess {
  private static final Operation[] OPERATIONS = Operation.values();
  private static final Role[] ROLES = Role.values();
  private static final int CAPACITY_MIN = 4;

  private final Columns columns;
  private final int from;
  private final int to;

  /**
   * @param kinds of operation and role
   */
  private record Columns(long[] times, long[] changes, long[] commits, byte[] kinds) {

    static Columns ofCapacity(int capacity) {
      return new Columns(
          new long[capacity], new long[capacity], new long[capacity], new byte[capacity]);
    }

    int capacity() {
      return times.length;
    }

    Columns larger() {
      int capacity = Math.max(CAPACITY_MIN, capacity() + (capacity() >> 1));
      return new Columns(
          Arrays.copyOf(times, capacity),
          Arrays.copyOf(changes, capacity),
          Arrays.copyOf(commits, capacity),
          Arrays.copyOf(kinds, capacity));
    }

    void set(int place, IndexedUpdate update) {
      times[place] = update.effectiveTime().micros();
      changes[place] = update.change().value();
      commits[place] = update.commit().value();
      kinds[place] = (byte) (update.operation().ordinal() * ROLES.length + update.role().ordinal());
    }

    boolean isWithin(AsOf asOf, int place) {
      return times[place] <= asOf.cut().micros() && commits[place] < asOf.knownAt().value();
    }

    IndexedUpdate get(int place) {
      int kind = kinds[place];
      return new IndexedUpdate(
          new EffectiveTime(times[place]),
          new LogOffset(changes[place]),
          new LogOffset(commits[place]),
          OPERATIONS[kind / ROLES.length],
          ROLES[kind % ROLES.length]);
    }
  }

  private UpdateList(Columns columns, int from, int to) {
    this.columns = columns;
    this.from = from;
    this.to = to;
  }

  static UpdateList of(List<IndexedUpdate> updates) {
    Columns columns = Columns.ofCapacity(updates.size());
    for (int i = 0; i < updates.size(); i++) {
      columns.set(i, updates.get(i));
    }
    return new UpdateList(columns, 0, updates.size());
  }

  /** One longer. Asked of the longest there is, by one thread at a time. */
  UpdateList with(IndexedUpdate update) {
    Columns roomy = to < columns.capacity() ? columns : columns.larger();
    roomy.set(to, update);
    return new UpdateList(roomy, from, to + 1);
  }

  /** As {@link SourceOrder#upTo}. */
  UpdateList upTo(AsOf asOf) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (columns.isWithin(asOf, middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == to ? this : new UpdateList(columns, from, low);
  }

  @Override
  public IndexedUpdate get(int index) {
    return columns.get(from + Objects.checkIndex(index, size()));
  }

  @Override
  public UpdateList subList(int start, int end) {
    Objects.checkFromToIndex(start, end, size());
    return new UpdateList(columns, from + start, from + end);
  }

  @Override
  public int size() {
    return to - from;
  }
}
