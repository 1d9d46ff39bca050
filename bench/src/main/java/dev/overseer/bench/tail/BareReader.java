package dev.overseer.bench.tail;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.copy.CopyDual;

/**
 * The limit, a program of its own: receives everything that the slot has to send, counts it, and
 * drops it.
 *
 * @see dev.overseer.bench.reading.ReaderProgram
 */
public final class BareReader {
  /** The figure of pgoutput's own bytes. */
  static final String RAW_BYTES = "pgoutput";

  private static final byte XLOG_DATA = 'w';
  private static final byte KEEP_ALIVE = 'k';

  /** Type, start, end and clock come before pgoutput's own bytes. */
  private static final int XLOG_DATA_HEADER_BYTES = 1 + 8 + 8 + 8;

  private static final int STATUS_BYTES = 1 + 8 + 8 + 8 + 8 + 1;

  private final CopyDual stream;
  private final long expected;
  private long changes;
  private long transactions;
  private long payloadBytes;
  private long received;

  private BareReader(CopyDual stream, long expected) {
    this.stream = stream;
    this.expected = expected;
  }

  /**
   * @param arguments JDBC URL, slot, publication, and how many changes there are
   */
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
    try (Connection connection = DriverManager.getConnection(arguments[0], properties)) {
      CopyDual stream =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyDual(
                  "START_REPLICATION SLOT \"%s\" LOGICAL 0/0 (proto_version '1', publication_names '%s')"
                      .formatted(arguments[1], arguments[2]));
      BareReader reader = new BareReader(stream, Long.parseLong(arguments[3]));
      reader.drain();
      System.out.println(reader.summary());
      System.in.read();
    }
  }

  /** Returns at the commit of the last change. */
  private void drain() throws SQLException {
    boolean committed = false;
    while (changes < expected || !committed) {
      byte[] frame = stream.readFromCopy();
      if (frame == null) {
        throw new IllegalStateException(
            "The server ended the stream after " + changes + " changes");
      }
      switch (frame[0]) {
        case XLOG_DATA -> committed = count(frame);
        case KEEP_ALIVE -> answer(frame);
        default -> throw new IllegalStateException("A frame of the unknown kind " + frame[0]);
      }
    }
  }

  /** Whether the frame is a commit. */
  private boolean count(byte[] frame) {
    payloadBytes += frame.length - XLOG_DATA_HEADER_BYTES;
    received = ByteBuffer.wrap(frame).getLong(1);
    switch (frame[XLOG_DATA_HEADER_BYTES]) {
      case 'I', 'U', 'D' -> changes++;
      case 'C' -> {
        transactions++;
        return true;
      }
      default -> {}
    }
    return false;
  }

  /** A reader that never answers is cut off by the server. */
  private void answer(byte[] keepAlive) throws SQLException {
    boolean replyRequested = keepAlive[keepAlive.length - 1] == 1;
    if (replyRequested) {
      ByteBuffer status = ByteBuffer.allocate(STATUS_BYTES);
      // Written, flushed, applied; the clock is for the server's statistics only.
      status.put((byte) 'r').putLong(received).putLong(received).putLong(received).putLong(0);
      status.put((byte) 0);
      stream.writeToCopy(status.array(), 0, STATUS_BYTES);
      stream.flushCopy();
    }
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "drained %d; transactions %d; %s %d bytes",
        changes,
        transactions,
        RAW_BYTES,
        payloadBytes);
  }
}
