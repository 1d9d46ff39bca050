package dev.overseer.store.keyvalue;

import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.RocksIterator;

/** One of RocksDB's iterators for all questions: filters answer most of them. */
final class GroupLookup implements PrefixLookup {
  private final Path directory;
  private final RocksIterator iterator;

  /**
   * @param iterator which ends with the group of what it seeks
   */
  GroupLookup(Path directory, RocksIterator iterator) {
    this.directory = directory;
    this.iterator = iterator;
  }

  @Override
  public boolean finds(byte[] prefix) {
    iterator.seek(prefix);
    if (!iterator.isValid()) {
      RocksFailure.throwIfFailed(directory, iterator);
      return false;
    }
    byte[] found = iterator.key();
    return found.length >= prefix.length
        && Arrays.equals(found, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    iterator.close();
  }
}
