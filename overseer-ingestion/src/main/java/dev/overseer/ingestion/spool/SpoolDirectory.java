package dev.overseer.ingestion.spool;

import dev.overseer.ingestion.SourceLost;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where one source's side files are. Belongs to one thread. A file is open only while it is written
 * or read, which is one at a time, however many there are.
 *
 * <p>Where the disk refuses, or is full, the source is given up for now ({@link SourceLost}): what
 * was spooled is of no use then, and is to be had from the source again.
 */
public final class SpoolDirectory {
  private static final String SUFFIX = ".spool";

  private final Path directory;
  private long next;

  private SpoolDirectory(Path directory) {
    this.directory = directory;
  }

  /** Creates the directory if need be, and removes what an earlier connection left in it. */
  public static SpoolDirectory emptied(Path directory) throws SourceLost {
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
      return new SpoolDirectory(directory);
    } catch (IOException e) {
      throw refused(directory, "emptied", e);
    }
  }

  public Spool create() {
    return new Spool(directory.resolve("%010d%s".formatted(next, SUFFIX)), (int) next++);
  }

  static SourceLost refused(Path file, String what, IOException cause) {
    return new SourceLost(
        "The side file %s could not be %s: %s".formatted(file, what, cause.getMessage()), cause);
  }
}
