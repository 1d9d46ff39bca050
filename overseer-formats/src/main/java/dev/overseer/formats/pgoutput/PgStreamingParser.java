package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Lsn;
import java.time.temporal.ChronoUnit;

/** Reads what is around streamed messages, and what is added to them. Stateless. */
public final class PgStreamingParser {
  private static final int XID_LENGTH = 4;

  private PgStreamingParser() {}

  /** Whether a message that begins with this byte is a {@link PgStreaming}. */
  public static boolean isStreaming(byte first) {
    return switch (first) {
      case 'S', 'E', 'c', 'A' -> true;
      default -> false;
    };
  }

  /** Reads a message of which {@link #isStreaming} is true. */
  public static PgStreaming parse(byte[] bytes, int from, int to) throws Undecodable {
    ByteCursor cursor = new ByteCursor(bytes, from, to);
    byte kind = cursor.int8();
    PgStreaming message =
        switch (kind) {
          case 'S' -> new PgStreaming.Start(cursor.int32(), cursor.int8() != 0);
          case 'E' -> new PgStreaming.Stop();
          case 'c' -> commit(cursor);
          case 'A' -> new PgStreaming.Abort(cursor.int32(), cursor.int32());
          default -> throw cursor.undecodable("no part of a stream: 0x%02x".formatted(kind));
        };
    cursor.end();
    return message;
  }

  private static PgStreaming commit(ByteCursor cursor) throws Undecodable {
    int xid = cursor.int32();
    cursor.int8(); // flags, of which there are none yet
    return new PgStreaming.Commit(
        xid,
        new Lsn(cursor.int64()),
        new Lsn(cursor.int64()),
        PgOutputParser.POSTGRES_EPOCH.plus(cursor.int64(), ChronoUnit.MICROS));
  }

  /** Whether a message inside a block names its (sub)transaction behind its first byte. */
  public static boolean hasXid(PgOutputKind kind) {
    return switch (kind) {
      case RELATION, TYPE, INSERT, UPDATE, DELETE, TRUNCATE, MESSAGE -> true;
      case BEGIN, COMMIT, ORIGIN -> false;
    };
  }

  /** The (sub)transaction of a message that {@link #hasXid}. */
  public static int xid(byte[] bytes, int from, int to) throws Undecodable {
    ByteCursor cursor = new ByteCursor(bytes, from, to);
    cursor.int8();
    return cursor.int32();
  }

  /** The message as it is when it is not streamed. */
  public static byte[] withoutXid(byte[] bytes, int from, int to) {
    byte[] message = new byte[to - from - XID_LENGTH];
    message[0] = bytes[from];
    System.arraycopy(bytes, from + 1 + XID_LENGTH, message, 1, message.length - 1);
    return message;
  }

  /**
   * A message as it is in a block.
   *
   * @param from where a message of the same (sub)transaction begins in {@code bytes}
   */
  public static byte[] withXidOf(byte[] bytes, int from, byte[] message) {
    byte[] streamed = new byte[message.length + XID_LENGTH];
    streamed[0] = message[0];
    System.arraycopy(bytes, from + 1, streamed, 1, XID_LENGTH);
    System.arraycopy(message, 1, streamed, 1 + XID_LENGTH, message.length - 1);
    return streamed;
  }
}
