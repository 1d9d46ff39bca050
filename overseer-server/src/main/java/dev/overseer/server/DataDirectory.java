package dev.overseer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.SourceName;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is stored. The two logs, and the keys of subjects, are the truth; the index, the
 * sources' progress, the runner's agenda and the projections are derived, and each may be deleted
 * while nobody runs.
 */
record DataDirectory(Path path) {

  static final String UPDATES = "updates";
  static final String JOURNAL = "journal";

  Path updates() {
    return path.resolve(UPDATES);
  }

  Path journal() {
    return path.resolve(JOURNAL);
  }

  Path index() {
    return path.resolve("index");
  }

  Path runner() {
    return path.resolve("runner");
  }

  /** Those that must take writes, each of which may be on a disk of its own. */
  List<Path> rooms() {
    return List.of(path, updates(), journal(), index(), runner());
  }

  /** Whether there is something to go on with. */
  boolean holdsLog() {
    return Files.exists(updates());
  }

  /** For what a source sends of transactions that have not ended. */
  Path spools(SourceName source) {
    UUID name = UUID.nameUUIDFromBytes(source.value().getBytes(UTF_8));
    return path.resolve("spools").resolve(name.toString());
  }

  /** The keys of subjects: not derived, and in no log, so that one can be destroyed. */
  Path keys() {
    return path.resolve("keys").resolve("subjects");
  }

  /** How far the last walk came that looked for what is to be deleted. */
  Path retention() {
    return path.resolve("retention");
  }

  Path projections() {
    return path.resolve("projections.db");
  }

  /**
   * Makes the directory ours until the lock is closed.
   *
   * @throws InvalidRequest when another process has it
   * @throws Unavailable when it cannot be made, or written to
   */
  Lock lock() {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new InvalidRequest(
            "Another Overseer runs on %s: stop it, or name another directory with --data-dir"
                .formatted(path.toAbsolutePath()));
      }
      return new Lock(channel);
    } catch (IOException e) {
      throw new Unavailable("The data directory %s cannot be used: %s".formatted(path, e), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  /** Given back by the operating system when the process ends, however it ends. */
  record Lock(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
