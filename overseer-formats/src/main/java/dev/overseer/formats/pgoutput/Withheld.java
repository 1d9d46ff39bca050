package dev.overseer.formats.pgoutput;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.ChangeDecoder.Undecodable;

/**
 * What is stored of a row's change that may hold personal values and could not be treated: its kind
 * and its table, then a mark that no server sends and the reason. It cannot be decoded, and says
 * why.
 */
public final class Withheld {
  static final byte MARK = '!';

  private static final int RELATION_LENGTH = 4;

  private Withheld() {}

  /**
   * Stands for the change in {@code bytes[from, to)}. Where not even its table can be read, its
   * kind alone is left.
   */
  public static byte[] change(byte[] bytes, int from, int to, String reason) {
    ByteSink sink = new ByteSink().int8(bytes[from]);
    if (to - from > RELATION_LENGTH) {
      sink.bytes(bytes, from + 1, from + 1 + RELATION_LENGTH)
          .int8(MARK)
          .bytes(reason.getBytes(UTF_8));
    }
    return sink.toBytes();
  }

  /** What the rest of such a change says. */
  static Undecodable fault(ByteCursor cursor) throws Undecodable {
    return new Undecodable("It was withheld, since it could not be treated: " + cursor.rest());
  }
}
