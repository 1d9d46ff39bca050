package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes the primitive parts of stored records. One array that grows: a record is a few hundred
 * bytes and there are many of them, so no stream per field.
 */
public final class ByteWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int length;

  public ByteWriter(int expected) {
    bytes = new byte[expected];
  }

  public ByteWriter octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** An unsigned number, seven bits an octet, the least significant first. */
  public ByteWriter number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** A signed number as an unsigned one: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4. */
  public ByteWriter signed(long value) {
    return number((value << 1) ^ (value >> 63));
  }

  /** The number of its octets, and the text in UTF-8. */
  public ByteWriter text(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    return number(utf8.length).raw(utf8);
  }

  /** A long as eight octets, the most significant first. */
  public ByteWriter fixed(long value) {
    room(8);
    LONG.set(bytes, length, value);
    length += 8;
    return this;
  }

  /** An int as four octets, the most significant first. */
  public ByteWriter fixedInt(int value) {
    room(4);
    INT.set(bytes, length, value);
    length += 4;
    return this;
  }

  /** Writes over four octets that are there already. */
  public ByteWriter fixedIntAt(int position, int value) {
    INT.set(bytes, position, value);
    return this;
  }

  public int length() {
    return length;
  }

  /** Eight octets as {@link #fixed} writes them; those that are not there yet are zero. */
  public long upToEightAt(int position) {
    if (position + 8 <= length) {
      return (long) LONG.get(bytes, position);
    }
    long value = 0;
    for (int i = position; i < position + 8; i++) {
      value = value << 8 | (i < length ? bytes[i] & 0xFF : 0);
    }
    return value;
  }

  public ByteWriter raw(byte[] value) {
    return raw(value, 0, value.length);
  }

  public ByteWriter raw(byte[] value, int from, int count) {
    room(count);
    System.arraycopy(value, from, bytes, length, count);
    length += count;
    return this;
  }

  public byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
