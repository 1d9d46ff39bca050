package dev.overseer.store.objects;

import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.Disk;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An {@link ObjectStore} in a directory, a file for each object: for disks on the network, and for
 * trying things out. The file system must know hard links: by one, a file comes into being whole,
 * and only where there is none.
 */
public final class FileObjectStore implements ObjectStore {
  private final Path root;
  private final Path unfinished;

  /** Makes the directory if there is none. */
  public FileObjectStore(Path root) {
    this.root = root;
    this.unfinished = root.resolve(Disk.UNFINISHED);
    makeDirectories(unfinished);
  }

  /** Where the objects are: a file for each, at the path that its key is. */
  public Path root() {
    return root;
  }

  @Override
  public PutResult put(ObjectKey key, ObjectContent content) {
    Path file = file(key);
    return !Files.exists(file) && isCreated(file, content)
        ? PutResult.STORED
        : Comparison.settle(this, key, content);
  }

  private boolean isCreated(Path file, ObjectContent content) {
    makeDirectories(above(file));
    try {
      Path whole = Files.createTempFile(unfinished, "object", "");
      try {
        write(whole, content);
        Files.createLink(file, whole);
      } finally {
        Files.delete(whole);
      }
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw Disk.refused(file, "written", e);
    }
    Disk.syncDirectory(above(file));
    return true;
  }

  private static void write(Path file, ObjectContent content) throws IOException {
    try (InputStream in = content.open();
        FileOutputStream out = new FileOutputStream(file.toFile())) {
      in.transferTo(out);
      out.getFD().sync();
    }
  }

  /** Durably, each in the one above it. */
  private static void makeDirectories(Path directory) {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = above(directory);
    makeDirectories(above);
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw Disk.refused(directory, "made", e);
    }
    Disk.syncDirectory(above);
  }

  @Override
  public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
    Path file = file(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (RandomAccessFile access = Disk.openForReading(file)) {
      byte[] bytes = Disk.read(file, access, position, lengthMax);
      return Optional.of(new ObjectSlice(bytes, access.length()));
    } catch (IOException e) {
      throw Disk.refused(file, "read", e);
    }
  }

  @Override
  public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> !file.startsWith(unfinished) && Files.isRegularFile(file))
          .map(file -> new ObjectKey(root.relativize(file).toString().replace('\\', '/')))
          .filter(key -> key.value().startsWith(prefix))
          .filter(key -> after.isEmpty() || key.compareTo(after.get()) > 0)
          .sorted()
          .limit(LISTED_MAX)
          .map(key -> new StoredObject(key, file(key).toFile().length()))
          .toList();
    } catch (IOException e) {
      throw new Unavailable("The directory " + root + " cannot be listed", e);
    }
  }

  @Override
  public void blank(ObjectKey key) {
    Path file = file(key);
    makeDirectories(above(file));
    try {
      Path empty = Files.createTempFile(unfinished, "object", "");
      Disk.replace(file, empty);
    } catch (IOException e) {
      throw Disk.refused(file, "blanked", e);
    }
  }

  @Override
  public void delete(ObjectKey key) {
    Path file = file(key);
    try {
      Files.delete(file);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw Disk.refused(file, "deleted", e);
    }
    Disk.syncDirectory(above(file));
  }

  /** There is one: the root directory of a disk exists, and holds no object. */
  private static Path above(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private Path file(ObjectKey key) {
    return root.resolve(key.value());
  }

  @Override
  public void close() {
    // No file stays open between calls.
  }
}
