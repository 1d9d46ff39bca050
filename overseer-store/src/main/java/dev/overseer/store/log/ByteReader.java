package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.CorruptStore;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; whatever else it finds is a {@link CorruptStore}. */
public final class ByteReader {
  private final byte[] bytes;
  private final int to;
  private int at;

  public ByteReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  public int octet() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new CorruptStore("A stored number has no end");
  }

  public long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  public int size() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new CorruptStore("A stored size cannot be " + value);
    }
    return (int) value;
  }

  <T> T named(Interned<T> interned) {
    int length = size();
    need(length);
    T named = interned.of(bytes, at, length);
    at += length;
    return named;
  }

  /** What {@link ByteWriter#text} wrote. */
  public String text() {
    int length = size();
    need(length);
    String text = new String(bytes, at, length, UTF_8);
    at += length;
    return text;
  }

  public long fixed() {
    need(8);
    long value = ByteBuffer.wrap(bytes).getLong(at);
    at += 8;
    return value;
  }

  public boolean hasMore() {
    return at < to;
  }

  /** All that is left. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, to);
    at = to;
    return rest;
  }

  public void requireEnd() {
    if (at != to) {
      throw new CorruptStore("A stored record has %d bytes too many".formatted(to - at));
    }
  }

  private void need(int count) {
    if (count < 0 || count > to - at) {
      throw new CorruptStore("A stored record ends too early");
    }
  }
}
