package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to write a log. It ends with the process, however that ends. */
final class LogLock implements AutoCloseable {
  private final FileChannel channel;

  private LogLock(FileChannel channel) {
    this.channel = channel;
  }

  static LogLock acquire(Path directory) {
    Path file = directory.resolve(SegmentNames.LOCK);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new InvalidRequest(
            "The log in %s is being written by another process (%s); stop that one first"
                .formatted(directory, Files.readString(file).strip()));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(("pid " + ProcessHandle.current().pid()).getBytes(US_ASCII)));
      return new LogLock(channel);
    } catch (IOException e) {
      throw new Unavailable("The file " + file + " could not be locked", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Unavailable("The lock of a log could not be given back", e);
    }
  }
}
