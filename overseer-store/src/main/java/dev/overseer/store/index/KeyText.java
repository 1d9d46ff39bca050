package dev.overseer.store.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
  private static final byte[] DIGITS = digits();

  private KeyText() {}

  static void append(ByteWriter bytes, String text) {
    UUID uuid = findUuid(text);
    if (uuid == null) {
      appendText(bytes, text);
    } else {
      bytes.octet(FORM_UUID);
      bytes.fixed(uuid.getMostSignificantBits()).fixed(uuid.getLeastSignificantBits());
    }
  }

  private static void appendText(ByteWriter bytes, String text) {
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

  /**
   * The UUID whose text this is as {@link UUID#toString} gives it: lower-case hexadecimal, dashes
   * in their places. Null if it is anything else.
   */
  static @Nullable UUID findUuid(String text) {
    if (text.length() != UUID_LENGTH
        || text.charAt(8) != '-'
        || text.charAt(13) != '-'
        || text.charAt(18) != '-'
        || text.charAt(23) != '-') {
      return null;
    }
    long first = hexadecimal(text, 0, 8);
    long second = hexadecimal(text, 9, 13);
    long third = hexadecimal(text, 14, 18);
    long fourth = hexadecimal(text, 19, 23);
    long fifth = hexadecimal(text, 24, UUID_LENGTH);
    return (first | second | third | fourth | fifth) < 0
        ? null
        : new UUID(first << 32 | second << 16 | third, fourth << 48 | fifth);
  }

  /** Negative if it is none. */
  private static long hexadecimal(String text, int from, int to) {
    long value = 0;
    long wrong = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      long digit = c < DIGITS.length ? DIGITS[c] : -1;
      value = value << 4 | digit;
      wrong |= digit;
    }
    return wrong < 0 ? -1 : value;
  }

  private static byte[] digits() {
    byte[] digits = new byte['f' + 1];
    for (int c = 0; c < digits.length; c++) {
      digits[c] = (byte) (c >= 'A' && c <= 'F' ? -1 : Character.digit(c, 16));
    }
    return digits;
  }
}
