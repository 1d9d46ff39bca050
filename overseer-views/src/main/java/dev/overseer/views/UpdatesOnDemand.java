package dev.overseer.views;

import dev.overseer.store.index.IndexedUpdate;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A long record's updates, read once somebody looks at them: judging seldom does, and it would take
 * longer than all the rest. Safe for many threads.
 */
final class UpdatesOnDemand extends AbstractList<IndexedUpdate> {
  private final Supplier<List<IndexedUpdate>> reading;
  private volatile @Nullable List<IndexedUpdate> read;

  /**
   * @param reading gives the same whenever it is asked
   */
  UpdatesOnDemand(Supplier<List<IndexedUpdate>> reading) {
    this.reading = reading;
  }

  private List<IndexedUpdate> updates() {
    List<IndexedUpdate> updates = read;
    if (updates == null) {
      updates = reading.get();
      read = updates;
    }
    return updates;
  }

  @Override
  public IndexedUpdate get(int place) {
    return updates().get(place);
  }

  @Override
  public int size() {
    return updates().size();
  }
}
