package dev.overseer.bench.flink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.jspecify.annotations.Nullable;

/** Gives the traffic's changes by their number. */
final class TrafficSource implements GeneratorFunction<Long, Change> {
  private static final long serialVersionUID = 1;

  /** When it was opened to read the first change. */
  static final AtomicReference<@Nullable Usage> BEGUN = new AtomicReference<>();

  private final String file;
  private transient @Nullable ByteBuffer bytes;

  TrafficSource(Path file) {
    this.file = file.toString();
  }

  @Override
  public void open(SourceReaderContext context) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(file))) {
      bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
    }
    BEGUN.compareAndSet(null, Usage.now());
  }

  @Override
  public Change map(Long number) {
    ByteBuffer traffic = bytes;
    if (traffic == null) {
      throw new IllegalStateException("The source is not open");
    }
    return Change.read(traffic, Math.toIntExact(number * Change.BYTES));
  }
}
