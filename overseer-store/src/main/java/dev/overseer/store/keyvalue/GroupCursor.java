package dev.overseer.store.keyvalue;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * RocksDB's iterator within one group of keys, upwards. Read several times for each update, so it
 * makes no native objects but the iterator, and looks for its end itself.
 */
final class GroupCursor implements Cursor {
  private final Path directory;
  private final RocksIterator iterator;
  private final KeyRange range;
  private byte @Nullable [] key;
  private boolean begun;

  /**
   * @param iterator which ends with its group
   */
  GroupCursor(Path directory, RocksIterator iterator, KeyRange range) {
    this.directory = directory;
    this.iterator = iterator;
    this.range = range;
  }

  @Override
  public boolean next() {
    if (!begun) {
      iterator.seek(range.from());
      begun = true;
    } else if (key == null) {
      return false;
    } else {
      iterator.next();
    }
    key = keyWithinRange();
    return key != null;
  }

  private byte @Nullable [] keyWithinRange() {
    if (!iterator.isValid()) {
      RocksFailure.throwIfFailed(directory, iterator);
      return null;
    }
    byte[] found = iterator.key();
    return Arrays.compareUnsigned(found, range.to()) < 0 ? found : null;
  }

  @Override
  public byte[] key() {
    byte[] current = key;
    if (current == null) {
      throw new IllegalStateException("The cursor is at no entry");
    }
    return current;
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
  }
}
