package dev.overseer.store.log;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The blocks that were used last, up to a number of bytes. Safe for many threads. */
final class BlockCache {
  private static final int BLOCK_OVERHEAD_BYTES = 250;

  private final long bytesMax;
  private final Map<Long, Block> byUse = new LinkedHashMap<>(64, 0.75f, true);
  private final NavigableMap<Long, Block> byOffset = new TreeMap<>();
  private long bytes;

  BlockCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** A block that holds the record at {@code offset}: where blocks end changes with packing. */
  synchronized @Nullable Block find(long offset) {
    Map.Entry<Long, Block> floor = byOffset.floorEntry(offset);
    return floor == null || floor.getValue().end() <= offset ? null : byUse.get(floor.getKey());
  }

  /** Keeps the block, unless it would fill much of the cache alone. */
  synchronized void put(Block block) {
    if (weight(block) > bytesMax / 8) {
      return;
    }
    Block replaced = byUse.put(block.first(), block);
    byOffset.put(block.first(), block);
    bytes += weight(block) - (replaced == null ? 0 : weight(replaced));
    Iterator<Block> oldest = byUse.values().iterator();
    while (bytes > bytesMax) {
      Block dropped = oldest.next();
      bytes -= weight(dropped);
      oldest.remove();
      byOffset.remove(dropped.first());
    }
  }

  /** Forgets the blocks that begin there. */
  synchronized void remove(long first, long end) {
    NavigableMap<Long, Block> removed = byOffset.subMap(first, true, end, false);
    removed
        .values()
        .forEach(
            block -> {
              bytes -= weight(block);
              byUse.remove(block.first());
            });
    removed.clear();
  }

  synchronized long bytes() {
    return bytes;
  }

  private static long weight(Block block) {
    return (long) block.length() + BLOCK_OVERHEAD_BYTES;
  }
}
