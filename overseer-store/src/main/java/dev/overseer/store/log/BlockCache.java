package dev.overseer.store.log;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks that were used last, up to a number of bytes. Safe for many threads. */
final class BlockCache {
  private static final int BLOCK_OVERHEAD_BYTES = 150;

  private final long bytesMax;
  private final Map<Long, Block> blocks = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  BlockCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** The block whose first record has this offset. */
  synchronized @Nullable Block find(long first) {
    return blocks.get(first);
  }

  /** Keeps the block, unless it would fill much of the cache alone. */
  synchronized void put(Block block) {
    if (weight(block) > bytesMax / 8) {
      return;
    }
    Block replaced = blocks.put(block.first(), block);
    bytes += weight(block) - (replaced == null ? 0 : weight(replaced));
    Iterator<Block> oldest = blocks.values().iterator();
    while (bytes > bytesMax) {
      bytes -= weight(oldest.next());
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  private static long weight(Block block) {
    return (long) block.length() + BLOCK_OVERHEAD_BYTES;
  }
}
