package dev.overseer.store.keyvalue;

import java.util.List;

/**
 * How a {@link RocksStore} is kept. The two sizes bound its memory, beside a few megabytes of its
 * own.
 *
 * @param spaces all that the store has; a directory that lacks one gains it
 * @param blockCacheBytes for what is read, indexes and filters of files included
 * @param writeBufferBytes for what is written and not flushed yet, over all spaces
 */
public record RocksSettings(
    Durability durability, List<Space> spaces, long blockCacheBytes, long writeBufferBytes) {
  private static final long MEGABYTE = 1 << 20;

  public RocksSettings {
    spaces = List.copyOf(spaces);
  }

  /**
   * Sizes for a process of half a gigabyte. A smaller write buffer is merged into the rest more
   * often, which is most of what an index costs that is large.
   */
  public static RocksSettings of(Durability durability, List<Space> spaces) {
    return new RocksSettings(durability, spaces, 48 * MEGABYTE, 32 * MEGABYTE);
  }

  public RocksSettings withBlockCacheBytes(long bytes) {
    return new RocksSettings(durability, spaces, bytes, writeBufferBytes);
  }

  public RocksSettings withWriteBufferBytes(long bytes) {
    return new RocksSettings(durability, spaces, blockCacheBytes, bytes);
  }
}
