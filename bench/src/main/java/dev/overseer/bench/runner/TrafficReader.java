package dev.overseer.bench.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the transactions of both databases in the order of their times. */
final class TrafficReader {
  private final ByteBuffer bytes;

  /**
   * @param file that a {@link Traffic} wrote
   */
  TrafficReader(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException e) {
      throw new UncheckedIOException("The traffic cannot be read: " + file, e);
    }
  }

  /** When the last of the updates comes. */
  long lastMicros() {
    return bytes.getLong(bytes.limit() - ExchangeUpdate.BYTES);
  }

  /** The changes of the next transaction, all of one database and time; none at the end. */
  List<ExchangeUpdate> next() {
    List<ExchangeUpdate> transaction = new ArrayList<>(1);
    while (bytes.hasRemaining()
        && (transaction.isEmpty() || nextMicros() == transaction.getFirst().micros())) {
      transaction.add(ExchangeUpdate.read(bytes));
    }
    return transaction;
  }

  private long nextMicros() {
    return bytes.getLong(bytes.position());
  }
}
