package dev.overseer.server.transcript;

import dev.overseer.model.InvalidRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a stream as bytes, none longer than memory allows. */
final class LineReading {
  private static final int LENGTH_MAX = 1 << 30;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;

  /**
   * @param in buffered
   */
  LineReading(InputStream in) {
    this.in = in;
  }

  /** The next line without its end; null when there are no more. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    int octet = in.read();
    if (octet < 0) {
      return null;
    }
    number++;
    for (; octet >= 0 && octet != '\n'; octet = in.read()) {
      if (line.size() == LENGTH_MAX) {
        throw new InvalidRequest("Line %d is longer than any record".formatted(number));
      }
      line.write(octet);
    }
    return line.toByteArray();
  }

  /** Of the line read last, from 1. */
  long number() {
    return number;
  }
}
