package dev.overseer.store.keyvalue;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An {@link OrderedStore} in a directory, kept by RocksDB. One process at a time may write it. */
public final class RocksStore implements OrderedStore {
  private final Path directory;
  private final RocksOptions options;
  private final RocksDB database;
  private final List<ColumnFamilyHandle> handles;
  private final Map<Space, ColumnFamilyHandle> spaces = new HashMap<>();
  private final boolean writable;
  private volatile boolean closed;

  private RocksStore(
      Path directory,
      RocksSettings settings,
      RocksOptions options,
      RocksDB database,
      List<ColumnFamilyHandle> handles,
      boolean writable) {
    this.directory = directory;
    this.options = options;
    this.database = database;
    this.handles = handles;
    this.writable = writable;
    for (int i = 0; i < settings.spaces().size(); i++) {
      spaces.put(settings.spaces().get(i), handles.get(i + 1));
    }
  }

  /**
   * Opens the store in {@code directory}, or makes a new one there.
   *
   * @throws InvalidRequest when another process has it open
   * @throws dev.overseer.model.CorruptStore when what is there cannot be read
   */
  public static RocksStore open(Path directory, RocksSettings settings) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Unavailable("The directory " + directory + " cannot be made", e);
    }
    return open(directory, settings, true);
  }

  /**
   * Opens what is in {@code directory} and changes nothing there; no other process should be
   * writing it. Whatever needs the directory to change is refused with {@link InvalidRequest}.
   */
  public static RocksStore openReadOnly(Path directory, RocksSettings settings) {
    return open(directory, settings, false);
  }

  private static RocksStore open(Path directory, RocksSettings settings, boolean writable) {
    RocksDB.loadLibrary();
    RocksOptions options = new RocksOptions(settings);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      String path = directory.toString();
      RocksDB database =
          writable
              ? RocksDB.open(options.database, path, options.spaces(), handles)
              : RocksDB.openReadOnly(options.database, path, options.spaces(), handles);
      return new RocksStore(directory, settings, options, database, handles, writable);
    } catch (RocksDBException e) {
      options.close();
      throw RocksFailure.whileOpening(directory, e);
    }
  }

  @Override
  public Optional<byte[]> find(Space space, byte[] key) {
    space.refuseWithoutGroup(key);
    try {
      return Optional.ofNullable(database.get(handle(space), key));
    } catch (RocksDBException e) {
      throw RocksFailure.whileUsing(directory, e);
    }
  }

  @Override
  public Cursor ascending(Space space, KeyRange range) {
    ColumnFamilyHandle handle = handle(space);
    return space.groupBytes() > 0 && range.isWithinGroup(space.groupBytes())
        ? new GroupCursor(directory, database.newIterator(handle, options.groupReads), range)
        : new RocksCursor(directory, database, handle, range, true);
  }

  @Override
  public Cursor descending(Space space, KeyRange range) {
    return new RocksCursor(directory, database, handle(space), range, false);
  }

  @Override
  public PrefixLookup lookup(Space space) {
    return space.groupBytes() > 0
        ? new GroupLookup(directory, database.newIterator(handle(space), options.groupReads))
        : OrderedStore.super.lookup(space);
  }

  @Override
  public void write(WriteBatch batch) {
    requireWritable();
    byte[] serialized = SerializedBatch.of(batch, space -> handle(space).getID());
    try (org.rocksdb.WriteBatch nativeBatch = new org.rocksdb.WriteBatch(serialized)) {
      database.write(options.write, nativeBatch);
    } catch (RocksDBException e) {
      throw RocksFailure.whileUsing(directory, e);
    }
  }

  @Override
  public void flush() {
    requireWritable();
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      database.flush(flush, handles);
    } catch (RocksDBException e) {
      throw RocksFailure.whileUsing(directory, e);
    }
  }

  /** The size of all tables on the disk. */
  public long tableBytes() {
    return sum("rocksdb.total-sst-files-size");
  }

  /** Whether what was written is still being flushed or merged, or is about to be. */
  public boolean isMerging() {
    return sum("rocksdb.mem-table-flush-pending")
            + sum("rocksdb.num-running-flushes")
            + sum("rocksdb.compaction-pending")
            + sum("rocksdb.num-running-compactions")
        > 0;
  }

  private long sum(String property) {
    try {
      long sum = 0;
      for (ColumnFamilyHandle handle : handles) {
        sum += database.getLongProperty(handle, property);
      }
      return sum;
    } catch (RocksDBException e) {
      throw RocksFailure.whileUsing(directory, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      if (writable) {
        flush();
      }
    } finally {
      closed = true;
      handles.forEach(ColumnFamilyHandle::close);
      database.close();
      options.close();
    }
  }

  private void requireWritable() {
    if (!writable) {
      throw new InvalidRequest("The store in " + directory + " was opened for reading only");
    }
  }

  /** A closed store is refused here: native code would end the process. */
  private ColumnFamilyHandle handle(Space space) {
    if (closed) {
      throw new InvalidRequest("The store in " + directory + " is closed");
    }
    ColumnFamilyHandle handle = spaces.get(space);
    if (handle == null) {
      throw new InvalidRequest(
          "The store in %s was opened without a space '%s'; it has %s"
              .formatted(directory, space, spaces.keySet()));
    }
    return handle;
  }
}
