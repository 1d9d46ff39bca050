package dev.overseer.bench.snapshot;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * The limit, a program of its own: receives the whole table by {@code COPY}, counts, and drops it.
 *
 * @see dev.overseer.bench.reading.ReaderProgram
 */
public final class CopyReader {
  /** What the server knows it by. */
  static final String APPLICATION = "copy_reader";

  private CopyReader() {}

  /**
   * @param arguments JDBC URL, and the table
   */
  public static void main(String[] arguments) throws Exception {
    String url = arguments[0] + "&ApplicationName=" + APPLICATION;
    try (Connection connection = DriverManager.getConnection(url)) {
      System.out.println(copy(connection, arguments[1]));
      System.in.read();
    }
  }

  private static String copy(Connection connection, String table) throws Exception {
    Dropping dropped = new Dropping();
    long rows =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (SELECT * FROM %s) TO STDOUT".formatted(table), dropped);
    return String.format(Locale.ROOT, "drained %d; received %d bytes", rows, dropped.bytes);
  }

  /** Counts what is written to it. */
  private static final class Dropping extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes += length;
    }
  }
}
