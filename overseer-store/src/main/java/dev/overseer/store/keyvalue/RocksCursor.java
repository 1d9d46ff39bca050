package dev.overseer.store.keyvalue;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * RocksDB's iterator within a range. It is told the far bound too, so that it does not wander on
 * over removed keys behind it.
 */
final class RocksCursor implements Cursor {
  private final Path directory;
  private final KeyRange range;
  private final boolean up;
  private final ReadOptions options = new ReadOptions();
  private final @Nullable Slice bound;
  private final RocksIterator iterator;
  private boolean begun;

  RocksCursor(
      Path directory, RocksDB database, ColumnFamilyHandle handle, KeyRange range, boolean up) {
    this.directory = directory;
    this.range = range;
    this.up = up;
    this.bound = boundOf(range, up);
    if (bound != null && up) {
      options.setIterateUpperBound(bound);
    } else if (bound != null) {
      options.setIterateLowerBound(bound);
    }
    options.setTotalOrderSeek(true);
    this.iterator = database.newIterator(handle, options);
  }

  private static @Nullable Slice boundOf(KeyRange range, boolean up) {
    if (up) {
      return range.isBounded() ? new Slice(range.to()) : null;
    }
    return range.from().length > 0 ? new Slice(range.from()) : null;
  }

  @Override
  public boolean next() {
    if (!begun) {
      begin();
      begun = true;
    } else if (!iterator.isValid()) {
      return false;
    } else if (up) {
      iterator.next();
    } else {
      iterator.prev();
    }
    if (iterator.isValid()) {
      return true;
    }
    RocksFailure.throwIfFailed(directory, iterator);
    return false;
  }

  private void begin() {
    if (up) {
      iterator.seek(range.from());
    } else if (range.isBounded()) {
      iterator.seekForPrev(range.to());
      if (iterator.isValid() && Arrays.equals(iterator.key(), range.to())) {
        iterator.prev();
      }
    } else {
      iterator.seekToLast();
    }
  }

  @Override
  public byte[] key() {
    return iterator.key();
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    if (bound != null) {
      bound.close();
    }
  }
}
