package dev.overseer.runner.simulation;

import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.Optional;
import java.util.Random;

/** A store under which the process dies now and then, just before or just after a write. */
record DyingStore(OrderedStore store, Random random) implements OrderedStore {
  private static final int ONE_IN = 60;

  @Override
  public void write(WriteBatch batch) {
    int dice = random.nextInt(ONE_IN);
    if (dice == 0) {
      throw new Killed();
    }
    store.write(batch);
    if (dice == 1) {
      throw new Killed();
    }
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
