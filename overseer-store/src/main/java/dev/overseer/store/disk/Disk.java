package dev.overseer.store.disk;

import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The few things that logs and objects do with files.
 *
 * <p>Files are read and written through {@link RandomAccessFile}: a {@link FileChannel} is closed
 * for everyone when any thread that uses it is interrupted, and one that runs checks may well be.
 */
public final class Disk {
  /** What the name of a file ends with until the file is whole. */
  public static final String UNFINISHED = ".unfinished";

  /** Bound by tests alone. */
  public static final ScopedValue<DiskFaults> FAULTS = ScopedValue.newInstance();

  private Disk() {}

  public static RandomAccessFile openForReading(Path file) {
    return open(file, "r");
  }

  public static RandomAccessFile openForWriting(Path file) {
    return open(file, "rw");
  }

  private static RandomAccessFile open(Path file, String mode) {
    try {
      return new RandomAccessFile(file.toFile(), mode);
    } catch (IOException e) {
      throw refused(file, "opened", e);
    }
  }

  /** Up to {@code length} bytes at {@code position}: fewer, or none, where there are no more. */
  public static byte[] read(Path file, RandomAccessFile access, long position, long length) {
    try {
      if (position < 0 || position >= access.length()) {
        return new byte[0];
      }
      byte[] bytes = new byte[(int) Math.min(length, access.length() - position)];
      access.seek(position);
      access.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw refused(file, "read", e);
    }
  }

  /** Writes all of the bytes, or, where it refuses, some of the first. */
  public static void write(Path file, RandomAccessFile access, long position, byte[] bytes) {
    int taken = FAULTS.isBound() ? FAULTS.get().writes(file, position, bytes.length) : bytes.length;
    try {
      access.seek(position);
      access.write(bytes, 0, taken);
      if (taken < bytes.length) {
        throw new IOException("%d of %d bytes were taken".formatted(taken, bytes.length));
      }
    } catch (IOException e) {
      throw refused(file, "written", e);
    }
  }

  /**
   * Makes durable what was written to the file. When it fails, another try tells nothing: the
   * operating system may have given up what it could not write.
   */
  public static void sync(Path file, RandomAccessFile access) {
    try {
      if (FAULTS.isBound()) {
        FAULTS.get().syncs(file);
      } else {
        access.getFD().sync();
      }
    } catch (IOException e) {
      throw refused(file, "synced", e);
    }
  }

  private static void change(Path file) throws IOException {
    if (FAULTS.isBound()) {
      FAULTS.get().changes(file);
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Writing {
    void write(RandomAccessFile into) throws IOException;
  }

  /** Creates the file whole or not at all, durably. */
  public static void create(Path directory, Path file, byte[] content) {
    create(directory, file, into -> into.write(content));
  }

  /** The same, of a content that need not be in memory at once. */
  public static void create(Path directory, Path file, Writing content) {
    Path unfinished = directory.resolve(file.getFileName() + UNFINISHED);
    try (RandomAccessFile access = openForWriting(unfinished)) {
      change(unfinished);
      access.setLength(0);
      content.write(access);
      sync(unfinished, access);
    } catch (IOException e) {
      throw refused(unfinished, "written", e);
    }
    try {
      change(file);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(file, "created", e);
    }
    syncDirectory(directory);
  }

  /** Makes it and those that it is in, as far as they are missing. */
  public static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw refused(directory, "made", e);
    }
  }

  /** Puts {@code other}, which is whole and durable, in the place of {@code file}, durably. */
  public static void replace(Path file, Path other) {
    try {
      change(file);
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(file, "replaced", e);
    }
    syncDirectory(directoryOf(file));
  }

  /** The directory that a file is in. */
  public static Path directoryOf(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException(file + " is in no directory");
    }
    return directory;
  }

  public static void delete(Path file) {
    try {
      change(file);
      Files.delete(file);
    } catch (IOException e) {
      throw refused(file, "deleted", e);
    }
  }

  /** Makes the names in a directory durable. Windows cannot open one, and does so by itself. */
  public static void syncDirectory(Path directory) {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      if (directory.getFileSystem().getSeparator().equals("/")) {
        throw refused(directory, "synced", e);
      }
    } catch (IOException e) {
      throw refused(directory, "synced", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public static Unavailable refused(Path file, String what, IOException cause) {
    return new Unavailable(
        "The file %s could not be %s: %s".formatted(file, what, cause.getMessage()), cause);
  }
}
