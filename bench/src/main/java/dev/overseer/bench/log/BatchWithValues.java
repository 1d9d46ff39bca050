package dev.overseer.bench.log;

import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts values into the batch that the index writes next, so that both are one. */
final class BatchWithValues implements OrderedStore {
  static final Space VALUES = new Space("values");

  private final OrderedStore store;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();

  BatchWithValues(OrderedStore store) {
    this.store = store;
  }

  void add(long number, byte[] value) {
    keys.add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    values.add(value);
  }

  @Override
  public void write(WriteBatch batch) {
    for (int i = 0; i < keys.size(); i++) {
      batch.put(VALUES, keys.get(i), values.get(i));
    }
    keys.clear();
    values.clear();
    store.write(batch);
  }

  @Override
  public Optional<byte[]> find(Space space, byte[] key) {
    return store.find(space, key);
  }

  @Override
  public Cursor ascending(Space space, KeyRange range) {
    return store.ascending(space, range);
  }

  @Override
  public Cursor descending(Space space, KeyRange range) {
    return store.descending(space, range);
  }

  @Override
  public void flush() {
    store.flush();
  }

  @Override
  public void close() {
    store.close();
  }
}
