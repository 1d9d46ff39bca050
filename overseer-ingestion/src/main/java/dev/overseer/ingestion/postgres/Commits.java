package dev.overseer.ingestion.postgres;

import java.nio.ByteBuffer;

/**
 * Where transactions were committed, as the message tells with which each is handed on: a Begin of
 * one that comes whole, a Stream Commit of one that came before it had ended. Looked up in the bare
 * bytes, because every frame is asked.
 */
final class Commits {
  private static final int DATA = 'w';
  private static final int AFTER_KIND = 1;
  private static final int AFTER_XID_AND_FLAGS = 6;

  private Commits() {}

  /**
   * Whether the frame hands on a transaction that was committed at {@code position} or after it.
   *
   * @param from where the message begins in a frame of data
   */
  static boolean isAtOrAfter(long position, byte[] frame, int from) {
    if (frame.length <= from || frame[0] != DATA) {
      return false;
    }
    int at =
        switch (frame[from]) {
          case 'B' -> from + AFTER_KIND;
          case 'c' -> from + AFTER_XID_AND_FLAGS;
          default -> frame.length;
        };
    return at + Long.BYTES <= frame.length
        && Long.compareUnsigned(ByteBuffer.wrap(frame).getLong(at), position) >= 0;
  }
}
