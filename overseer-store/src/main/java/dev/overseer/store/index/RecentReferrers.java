package dev.overseer.store.index;

import java.util.Arrays;

/**
 * Some of the referrer keys that were written last: every update of a record carries the same
 * references again, and to write each of them again would double the index's work. It may forget a
 * key at any time, and never takes one for another. Belongs to the thread that writes.
 */
final class RecentReferrers {
  private static final int SLOTS = 1 << 14;

  /** A key's length and its bytes; longer ones are not kept. One array: objects cost more. */
  private static final int SLOT_BYTES = 64;

  private final byte[] slots = new byte[SLOTS * SLOT_BYTES];

  /** Whether the key was not among them; now it is, if it is short enough. */
  boolean add(byte[] key) {
    if (key.length >= SLOT_BYTES) {
      return true;
    }
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    int slot = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS));
    int at = slot * SLOT_BYTES;
    int from = at + 1;
    if (slots[at] == key.length
        && Arrays.equals(slots, from, from + key.length, key, 0, key.length)) {
      return false;
    }
    slots[at] = (byte) key.length;
    System.arraycopy(key, 0, slots, from, key.length);
    return true;
  }

  void clear() {
    Arrays.fill(slots, (byte) 0);
  }
}
