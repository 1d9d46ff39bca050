package dev.overseer.store.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A part of a key as bytes that no other part begins with. Most keys are UUIDs: written in their
 * sixteen bytes they halve the index, and the work of keeping it in order.
 *
 * <pre>
 * a UUID in its canonical text    01  the UUID (16)
 * any other text                  02  UTF-8, with 00 as 00 FF  00 01
 * </pre>
 */
final class KeyText {
  private static final int FORM_UUID = 1;
  private static final int FORM_TEXT = 2;
  private static final int UUID_LENGTH = 36;

  private KeyText() {}

  static void append(ByteWriter bytes, String text) {
    if (text.length() == UUID_LENGTH && appendUuid(bytes, text)) {
      return;
    }
    bytes.octet(FORM_TEXT);
    byte[] utf8 = text.getBytes(UTF_8);
    if (text.indexOf(0) < 0) {
      bytes.raw(utf8);
    } else {
      for (byte b : utf8) {
        bytes.octet(b);
        if (b == 0) {
          bytes.octet(0xFF);
        }
      }
    }
    bytes.octet(0).octet(1);
  }

  static String read(ByteBuffer buffer) {
    if (buffer.get() == FORM_UUID) {
      return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
    byte[] text = new byte[buffer.remaining()];
    int size = 0;
    while (true) {
      byte b = buffer.get();
      if (b == 0 && buffer.get() == 1) {
        return new String(text, 0, size, UTF_8);
      }
      text[size++] = b;
    }
  }

  /** Only what {@link UUID#toString} gives back: lower-case hexadecimal, dashes in their places. */
  private static boolean appendUuid(ByteWriter bytes, String text) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (c != '-') {
          return false;
        }
      } else {
        int digit = digit(c);
        if (digit < 0) {
          return false;
        }
        high = high << 4 | low >>> 60;
        low = low << 4 | digit;
      }
    }
    bytes.octet(FORM_UUID).fixed(high).fixed(low);
    return true;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
