package dev.overseer.server.metrics;

import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;

/** A store whose writes are timed. */
record MeasuredStore(OrderedStore store, Timer writes) implements OrderedStore {

  @Override
  public void write(WriteBatch batch) {
    writes.record(() -> store.write(batch));
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
