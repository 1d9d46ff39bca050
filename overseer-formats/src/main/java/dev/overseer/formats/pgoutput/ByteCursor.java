package dev.overseer.formats.pgoutput;

import static java.lang.invoke.MethodHandles.byteArrayViewVarHandle;
import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.overseer.model.ChangeDecoder.Undecodable;
import java.lang.invoke.VarHandle;

/** Reads network-order fields one after another, and never beyond the end of its slice. */
final class ByteCursor {
  private static final VarHandle SHORT = byteArrayViewVarHandle(short[].class, BIG_ENDIAN);
  private static final VarHandle INT = byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
  private static final VarHandle LONG = byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

  private final byte[] bytes;
  private final int from;
  private final int to;
  private int at;

  ByteCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.at = from;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  byte int8() throws Undecodable {
    return bytes[taken(1)];
  }

  int int16() throws Undecodable {
    return (short) SHORT.get(bytes, taken(2));
  }

  int int32() throws Undecodable {
    return (int) INT.get(bytes, taken(4));
  }

  long int64() throws Undecodable {
    return (long) LONG.get(bytes, taken(8));
  }

  /** A count of things that take at least {@code sizeMin} bytes each, so it can be believed. */
  int count(int count, int sizeMin) throws Undecodable {
    if (count < 0 || count > (to - at) / sizeMin) {
      throw undecodable("a count of " + count + " where " + (to - at) + " bytes are left");
    }
    return count;
  }

  /** Text ended by a zero byte. */
  String string() throws Undecodable {
    int start = at;
    for (int i = start; i < to; i++) {
      if (bytes[i] == 0) {
        at = i + 1;
        return Utf8.text(bytes, start, i);
      }
    }
    throw undecodable("text without an end");
  }

  /** Text up to the end. */
  String rest() throws Undecodable {
    int start = taken(to - at);
    return Utf8.text(bytes, start, to);
  }

  /** Goes past {@code count} bytes, and says where they began. */
  int taken(int count) throws Undecodable {
    int start = at;
    if (count < 0 || count > to - start) {
      throw undecodable(count + " bytes are needed and " + (to - start) + " are left");
    }
    at = start + count;
    return start;
  }

  void end() throws Undecodable {
    if (at != to) {
      throw undecodable((to - at) + " bytes are left over");
    }
  }

  Undecodable undecodable(String what) {
    return new Undecodable("At byte " + (at - from) + " of " + (to - from) + ": " + what);
  }
}
