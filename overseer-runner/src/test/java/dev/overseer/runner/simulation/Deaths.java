package dev.overseer.runner.simulation;

import dev.overseer.store.disk.DiskFaults;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import dev.overseer.store.retention.Deletion;
import dev.overseer.store.retention.DeletionRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Kills a process before or after the so-manieth thing that it does to anything that lasts. */
final class Deaths implements DiskFaults {
  private long left = Long.MAX_VALUE;

  /** It dies at so many operations from now. */
  void after(long operations) {
    left = operations;
  }

  private void operation() {
    left--;
    if (left == 0) {
      throw new Killed();
    }
  }

  @Override
  public int writes(Path file, long position, int length) {
    operation();
    return length;
  }

  @Override
  public void syncs(Path file) {
    operation();
  }

  @Override
  public void changes(Path file) {
    operation();
  }

  DeletionRecords over(DeletionRecords records) {
    return new Records(records);
  }

  ObjectStore over(ObjectStore store) {
    return new Store(store);
  }

  private final class Records implements DeletionRecords {
    private final DeletionRecords records;

    Records(DeletionRecords records) {
      this.records = records;
    }

    @Override
    public void put(Deletion deletion) {
      operation();
      records.put(deletion);
      operation();
    }

    @Override
    public boolean areSafe() {
      return records.areSafe();
    }

    @Override
    public Optional<Deletion> last() {
      return records.last();
    }
  }

  private final class Store implements ObjectStore {
    private final ObjectStore store;

    Store(ObjectStore store) {
      this.store = store;
    }

    @Override
    public PutResult put(ObjectKey key, ObjectContent content) {
      operation();
      PutResult result = store.put(key, content);
      operation();
      return result;
    }

    @Override
    public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
      return store.find(key, position, lengthMax);
    }

    @Override
    public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
      return store.list(prefix, after);
    }

    @Override
    public void blank(ObjectKey key) {
      store.blank(key);
    }

    @Override
    public void delete(ObjectKey key) {
      operation();
      store.delete(key);
      operation();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
