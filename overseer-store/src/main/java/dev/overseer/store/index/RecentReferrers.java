package dev.overseer.store.index;

import java.util.Arrays;

/**
 * Some of the referrer keys that were written last: every update of a record carries the same
 * references again, and to write each of them again would double the index's work. It may forget a
 * key at any time, and never takes one for another. Belongs to the thread that writes.
 */
final class RecentReferrers {
  private static final int SLOTS = 1 << 14;

  private final byte[][] keys = new byte[SLOTS][];

  RecentReferrers() {
    clear();
  }

  /** Whether the key was not among them; now it is. */
  boolean add(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    int slot = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS));
    if (Arrays.equals(keys[slot], key)) {
      return false;
    }
    keys[slot] = key;
    return true;
  }

  void clear() {
    Arrays.fill(keys, new byte[0]);
  }
}
