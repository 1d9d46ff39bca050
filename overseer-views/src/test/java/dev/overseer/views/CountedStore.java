package dev.overseer.views;

import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.Optional;

/** Counts the entries that are read of a store. */
final class CountedStore implements OrderedStore {
  private final OrderedStore store;
  int read;

  CountedStore(OrderedStore store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> find(Space space, byte[] key) {
    read++;
    return store.find(space, key);
  }

  @Override
  public Cursor ascending(Space space, KeyRange range) {
    return new CountedCursor(store.ascending(space, range));
  }

  @Override
  public Cursor descending(Space space, KeyRange range) {
    return new CountedCursor(store.descending(space, range));
  }

  @Override
  public void write(WriteBatch batch) {
    store.write(batch);
  }

  @Override
  public void flush() {
    store.flush();
  }

  @Override
  public void close() {
    store.close();
  }

  private final class CountedCursor implements Cursor {
    private final Cursor cursor;

    private CountedCursor(Cursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean next() {
      boolean isThere = cursor.next();
      read += isThere ? 1 : 0;
      return isThere;
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
