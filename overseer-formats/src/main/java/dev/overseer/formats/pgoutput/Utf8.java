package dev.overseer.formats.pgoutput;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.ChangeDecoder.Undecodable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Text as Postgres sends it to a UTF-8 client. */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** Text that is not UTF-8 is refused: two keys must not become one by their replaced letters. */
  static String text(byte[] bytes, int from, int to) throws Undecodable {
    String text = new String(bytes, from, to - from, UTF_8);
    // The JDK's own decoding is fast but lenient, so only doubtful text is decoded strictly.
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(bytes, from, to);
    }
    return text;
  }

  private static void requireUtf8(byte[] bytes, int from, int to) throws Undecodable {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
    } catch (CharacterCodingException malformed) {
      throw new Undecodable(
          "Text that is not UTF-8: the connection's client_encoding must be UTF8");
    }
  }
}
