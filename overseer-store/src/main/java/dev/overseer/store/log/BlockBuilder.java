package dev.overseer.store.log;

import java.util.Arrays;
import java.util.UUID;

/** Collects records into the bytes of one {@link Block}; its arrays are used again and again. */
final class BlockBuilder {
  /** Positions in a block are ints. */
  static final int LENGTH_MAX = 1 << 30;

  private byte[] bytes;
  private int[] ends = new int[256];
  private int length = Block.HEADER_LENGTH;
  private int count;
  private long first;

  BlockBuilder(int expected) {
    bytes = new byte[Block.HEADER_LENGTH + expected];
  }

  void begin(long offset) {
    first = offset;
    length = Block.HEADER_LENGTH;
    count = 0;
  }

  void add(byte[] record) {
    add(record, 0, record.length);
  }

  /** The record is {@code from[start, end)}. */
  void add(byte[] from, int start, int end) {
    int added = end - start;
    if (length + added > bytes.length) {
      bytes = Arrays.copyOf(bytes, roomFor((long) length + added));
    }
    System.arraycopy(from, start, bytes, length, added);
    length += added;
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = length;
  }

  /** How long the finished block would be. */
  long blockLength() {
    return length + (long) count * Block.END_LENGTH;
  }

  int count() {
    return count;
  }

  int capacity() {
    return bytes.length;
  }

  /** The finished block. No record is to be added any more until {@link #begin}. */
  Block finish(UUID identity, long durable) {
    byte[] block = new byte[length + count * Block.END_LENGTH];
    System.arraycopy(bytes, 0, block, 0, length);
    for (int i = 0; i < count; i++) {
      Block.INT.set(block, length + i * Block.END_LENGTH, ends[i]);
    }
    int body = block.length - Block.HEADER_LENGTH;
    Block.INT.set(block, 0, Block.MAGIC);
    Block.INT.set(block, Block.STORED_LENGTH_AT, body);
    Block.INT.set(block, Block.BODY_LENGTH_AT, body);
    Block.LONG.set(block, Block.FIRST_AT, first);
    Block.INT.set(block, Block.COUNT_AT, count);
    Block.LONG.set(block, Block.DURABLE_AT, durable);
    block[Block.CODEC_AT] = Block.CODEC_NONE;
    Block.INT.set(block, Block.CRC_AT, Block.crc(block, block.length, identity));
    return new Block(block);
  }

  private int roomFor(long needed) {
    return (int) Math.min(LENGTH_MAX, Math.max(needed, bytes.length * 2L));
  }
}
