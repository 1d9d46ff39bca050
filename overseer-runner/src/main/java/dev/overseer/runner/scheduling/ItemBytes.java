package dev.overseer.runner.scheduling;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored forms of what the agenda is made of. Times are written so that their bytes order as
 * they do; a record key's bytes only tell keys apart.
 */
final class ItemBytes {
  private static final byte ANSWERED = 1;
  private static final byte TRIGGERS = 2;

  private ItemBytes() {}

  /** A growing buffer: items are of a hundred bytes or so. */
  static final class Writer {
    private byte[] bytes = new byte[96];
    private int length;

    /** To be used again: what was done is a copy. */
    Writer anew() {
      length = 0;
      return this;
    }

    Writer bytes(byte[] more) {
      room(more.length);
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
      return this;
    }

    Writer time(EffectiveTime time) {
      return number(time.micros() ^ Long.MIN_VALUE);
    }

    Writer number(long value) {
      room(Long.BYTES);
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes[length++] = (byte) (value >>> shift);
      }
      return this;
    }

    /** Most texts are ASCII. */
    Writer text(String text) {
      int from = length;
      int size = text.length();
      room(2 + size);
      bytes[length++] = (byte) (size >>> 8);
      bytes[length++] = (byte) size;
      for (int i = 0; i < size; i++) {
        char c = text.charAt(i);
        if (c > 0x7F || size > 0xFFFF) {
          length = from;
          return utf8(text);
        }
        bytes[length++] = (byte) c;
      }
      return this;
    }

    private Writer utf8(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      room(2);
      if (utf8.length > 0xFFFF) {
        throw new CorruptStore("A key's value is longer than 65535 bytes: " + text.length());
      }
      bytes[length++] = (byte) (utf8.length >>> 8);
      bytes[length++] = (byte) utf8.length;
      return bytes(utf8);
    }

    Writer record(RecordKey key) {
      text(key.model().value());
      room(1);
      bytes[length++] = (byte) key.values().size();
      for (int i = 0; i < key.values().size(); i++) {
        text(key.values().get(i));
      }
      return this;
    }

    Writer waiting(Waiting waiting, boolean triggers) {
      room(1);
      bytes[length++] = (byte) ((waiting.answered() ? ANSWERED : 0) | (triggers ? TRIGGERS : 0));
      return number(waiting.sinceMillis());
    }

    byte[] done() {
      return java.util.Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
      if (length + more > bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      }
    }
  }

  /** Reads what a {@link Writer} wrote. */
  static final class Reader {
    private final ByteBuffer bytes;

    Reader(byte[] bytes, int from) {
      this.bytes = ByteBuffer.wrap(bytes, from, bytes.length - from);
    }

    EffectiveTime time() {
      return new EffectiveTime(number() ^ Long.MIN_VALUE);
    }

    long number() {
      try {
        return bytes.getLong();
      } catch (BufferUnderflowException cut) {
        throw new CorruptStore("An item of the agenda is cut short", cut);
      }
    }

    String text() {
      try {
        byte[] utf8 = new byte[bytes.getShort() & 0xFFFF];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
      } catch (BufferUnderflowException cut) {
        throw new CorruptStore("An item of the agenda is cut short", cut);
      }
    }

    boolean isAtEnd() {
      return !bytes.hasRemaining();
    }

    RecordKey record() {
      ModelName model = new ModelName(text());
      int count = bytes.get() & 0xFF;
      List<String> values = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        values.add(text());
      }
      return new RecordKey(model, values);
    }

    /** The flag that goes with a {@link Waiting}; read before it, from the same place. */
    boolean triggers() {
      return (bytes.get(bytes.position()) & TRIGGERS) != 0;
    }

    Waiting waiting() {
      boolean answered = (bytes.get() & ANSWERED) != 0;
      return new Waiting(number(), answered);
    }
  }
}
