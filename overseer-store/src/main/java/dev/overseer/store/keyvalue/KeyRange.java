package dev.overseer.store.keyvalue;

import dev.overseer.model.InvalidRequest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keys from {@code from}, inclusive, to {@code to}, exclusive, in the order of their unsigned
 * bytes. The arrays must not be changed while the range is in use.
 */
public final class KeyRange {
  private static final byte[] NO_BOUND = {};
  private static final KeyRange ALL = new KeyRange(NO_BOUND, NO_BOUND);

  private final byte[] from;
  private final byte[] to;

  private KeyRange(byte[] from, byte[] to) {
    this.from = from;
    this.to = to;
  }

  public static KeyRange all() {
    return ALL;
  }

  public static KeyRange from(byte[] from) {
    return new KeyRange(from, NO_BOUND);
  }

  /** Up to a {@code to} that is not empty: no key lies before the empty one. */
  public static KeyRange between(byte[] from, byte[] to) {
    if (to.length == 0) {
      throw new InvalidRequest(
          "A key range needs an end that is not empty, or none: KeyRange.from");
    }
    return new KeyRange(from, to);
  }

  /** All keys that begin with {@code prefix}. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix, successor(prefix));
  }

  byte[] from() {
    return from;
  }

  boolean isBounded() {
    return to.length > 0;
  }

  /** Only when {@link #isBounded()}. */
  byte[] to() {
    return to;
  }

  /** Whether all keys of the range have the same first bytes, that many. */
  boolean isWithinGroup(int groupBytes) {
    return from.length >= groupBytes
        && to.length >= groupBytes
        && Arrays.equals(from, 0, groupBytes, to, 0, groupBytes);
  }

  /** The least key that is greater than every key with this prefix; none after all 0xFF. */
  private static byte[] successor(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    byte[] successor = Arrays.copyOf(prefix, length);
    if (length > 0) {
      successor[length - 1]++;
    }
    return successor;
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return "[" + hex.formatHex(from) + ", " + (isBounded() ? hex.formatHex(to) : "end") + ")";
  }
}
