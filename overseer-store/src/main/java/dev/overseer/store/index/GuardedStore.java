package dev.overseer.store.index;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.Unavailable;
import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.PrefixLookup;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store of what can be made anew. Damage to it is no reason to stop for good: whoever is told of
 * it gives the store up, and the caller hears that it is {@link Unavailable}, as until then it is.
 */
final class GuardedStore implements OrderedStore {
  private final OrderedStore store;
  private final Consumer<String> damaged;

  /**
   * @param damaged is told how, before the caller is
   */
  GuardedStore(OrderedStore store, Consumer<String> damaged) {
    this.store = store;
    this.damaged = damaged;
  }

  @Override
  public Optional<byte[]> find(Space space, byte[] key) {
    return guarded(() -> store.find(space, key));
  }

  @Override
  public Cursor ascending(Space space, KeyRange range) {
    return guarded(() -> new GuardedCursor(store.ascending(space, range)));
  }

  @Override
  public Cursor descending(Space space, KeyRange range) {
    return guarded(() -> new GuardedCursor(store.descending(space, range)));
  }

  @Override
  public PrefixLookup lookup(Space space) {
    PrefixLookup lookup = guarded(() -> store.lookup(space));
    return new PrefixLookup() {
      @Override
      public boolean finds(byte[] prefix) {
        return guarded(() -> lookup.finds(prefix));
      }

      @Override
      public void close() {
        lookup.close();
      }
    };
  }

  @Override
  public void write(WriteBatch batch) {
    guarded(() -> store.write(batch));
  }

  @Override
  public void flush() {
    guarded(store::flush);
  }

  @Override
  public void close() {
    guarded(store::close);
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (CorruptStore e) {
      throw unavailable(e);
    }
  }

  private <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (CorruptStore e) {
      throw unavailable(e);
    }
  }

  private Unavailable unavailable(CorruptStore damage) {
    damaged.accept(String.valueOf(damage.getMessage()));
    return new Unavailable("It is damaged, and is made anew: " + damage.getMessage(), damage);
  }

  private final class GuardedCursor implements Cursor {
    private final Cursor cursor;

    GuardedCursor(Cursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean next() {
      try {
        return cursor.next();
      } catch (CorruptStore e) {
        throw unavailable(e);
      }
    }

    @Override
    public byte[] key() {
      return cursor.key();
    }

    @Override
    public byte[] value() {
      return cursor.value();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
