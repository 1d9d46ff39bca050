package dev.overseer.bench.log;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.IntSupplier;

/** The limit: the same bytes, one after the other into one file, with an fsync for each group. */
final class FileContender implements Contender {
  static final String NAME = "file";

  private final long whole;
  private final IntSupplier groupUpdates;

  FileContender(long whole, IntSupplier groupUpdates) {
    this.whole = whole;
    this.groupUpdates = groupUpdates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement warmUp() {
    return run(Math.max(1, whole / OverseerContender.WARM_UP_PART));
  }

  @Override
  public Measurement run() {
    return run(whole);
  }

  private Measurement run(long count) {
    GeneratedUpdates updates = new GeneratedUpdates(count);
    Path directory = Directories.temporary("overseer-bench-file");
    int group = groupUpdates.getAsInt();
    ByteBuffer buffer = ByteBuffer.allocateDirect(group * GeneratedUpdates.BYTES);
    long begun = System.nanoTime();
    try (FileChannel file =
        FileChannel.open(
            directory.resolve("updates"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long number = 0; number < count; number++) {
        buffer.put(updates.bytes(number));
        if (!buffer.hasRemaining() || number == count - 1) {
          write(file, buffer.flip());
          buffer.clear();
        }
      }
      return new Measurement(count, OverseerContender.seconds(begun), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Directories.remove(directory);
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(true);
  }
}
