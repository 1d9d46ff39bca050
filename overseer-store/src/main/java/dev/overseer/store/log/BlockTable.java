package dev.overseer.store.log;

import java.util.Arrays;

/**
 * Where the blocks of one segment are. Immutable to its holder: a longer one shares its arrays and
 * writes only behind what a shorter one shows. Extended by one thread at a time.
 */
final class BlockTable {
  private final long[] firsts;
  private final long[] positions;
  private final int count;
  private final long end;
  private final long endPosition;

  private BlockTable(long[] firsts, long[] positions, int count, long end, long endPosition) {
    this.firsts = firsts;
    this.positions = positions;
    this.count = count;
    this.end = end;
    this.endPosition = endPosition;
  }

  /** Of a segment without blocks. */
  static BlockTable empty(long first, long position) {
    return new BlockTable(new long[16], new long[16], 0, first, position);
  }

  static BlockTable of(long[] firsts, long[] positions, long end, long endPosition) {
    return new BlockTable(firsts, positions, firsts.length, end, endPosition);
  }

  /** With a block that begins where this table ends, and is stored in so many bytes. */
  BlockTable with(long blockEnd, int storedLength) {
    boolean full = count == firsts.length;
    long[] longerFirsts = full ? Arrays.copyOf(firsts, Math.max(16, count * 2)) : firsts;
    long[] longerPositions = full ? Arrays.copyOf(positions, Math.max(16, count * 2)) : positions;
    longerFirsts[count] = end;
    longerPositions[count] = endPosition;
    return new BlockTable(
        longerFirsts, longerPositions, count + 1, blockEnd, endPosition + storedLength);
  }

  int count() {
    return count;
  }

  /** The offset after the last record. */
  long end() {
    return end;
  }

  /** The file position after the last block. */
  long endPosition() {
    return endPosition;
  }

  /** The block that holds the record at {@code offset}, which must be one of this segment's. */
  int indexOf(long offset) {
    int found = Arrays.binarySearch(firsts, 0, count, offset);
    return found >= 0 ? found : -found - 2;
  }

  long first(int index) {
    return firsts[index];
  }

  long position(int index) {
    return positions[index];
  }

  long length(int index) {
    long next = index + 1 == count ? endPosition : positions[index + 1];
    return next - positions[index];
  }
}
