package dev.overseer.store.log;

import dev.overseer.model.InvalidRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What is appended and not durable yet: the blocks being filled, and those on their way to disk, so
 * that appending goes on while a sync is under way. Safe for many threads.
 */
final class AppendBuffer {
  private static final int SPARE_MAX = 64;

  private final int blockBytes;
  private final Deque<BlockBuilder> spare = new ArrayDeque<>();
  private List<BlockBuilder> filling = new ArrayList<>();
  private long appended;
  private long fillingBytes;
  private long underwayBytes;
  private boolean closed;

  AppendBuffer(int blockBytes, long appended) {
    this.blockBytes = blockBytes;
    this.appended = appended;
  }

  /** Returns the record's offset. */
  synchronized long add(byte[] record) {
    blockFor(record.length).add(record);
    fillingBytes += record.length;
    return appended++;
  }

  /** Returns the offset of the first; all come into one block. */
  synchronized long add(List<byte[]> records) {
    long first = appended;
    if (!records.isEmpty()) {
      long length = 0;
      for (byte[] record : records) {
        length += record.length + Block.END_LENGTH;
      }
      BlockBuilder block = blockFor(length);
      records.forEach(block::add);
      fillingBytes += length;
      appended += records.size();
    }
    return first;
  }

  private BlockBuilder blockFor(long length) {
    if (closed) {
      throw new InvalidRequest("The log is closed");
    }
    if (length > BlockBuilder.LENGTH_MAX / 2) {
      throw new InvalidRequest(
          "A record, or a group, may have %d bytes at most, but this one has %d"
              .formatted(BlockBuilder.LENGTH_MAX / 2, length));
    }
    if (!filling.isEmpty() && filling.getLast().blockLength() < blockBytes) {
      return filling.getLast();
    }
    BlockBuilder next = spare.isEmpty() ? new BlockBuilder(blockBytes) : spare.pop();
    next.begin(appended);
    filling.add(next);
    return next;
  }

  /** The offset that the next record will get. */
  synchronized long appended() {
    return appended;
  }

  synchronized long unsyncedBytes() {
    return fillingBytes + underwayBytes;
  }

  /** Hands over all blocks filled so far; then comes {@link #written}, or nothing any more. */
  synchronized List<BlockBuilder> take() {
    List<BlockBuilder> taken = filling;
    filling = new ArrayList<>();
    underwayBytes = fillingBytes;
    fillingBytes = 0;
    return taken;
  }

  /** The blocks taken are durable, and can be filled again; but for huge ones. */
  synchronized void written(List<BlockBuilder> blocks) {
    underwayBytes = 0;
    for (BlockBuilder block : blocks) {
      if (spare.size() < SPARE_MAX && block.capacity() <= 4L * blockBytes) {
        spare.push(block);
      }
    }
  }

  synchronized void close() {
    closed = true;
  }
}
