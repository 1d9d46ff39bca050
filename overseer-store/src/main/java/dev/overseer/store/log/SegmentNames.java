package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names of a log's files: a segment's is the offset of its first record, so that names sort. */
public final class SegmentNames {
  static final String LOCK = "lock";

  private static final String SEGMENT = ".segment";
  private static final String THINNED = ".thinned";
  private static final int DIGITS = 20;
  private static final String NAME = "\\d{" + DIGITS + "}" + SEGMENT;

  private SegmentNames() {}

  public static Path of(Path directory, long first) {
    return directory.resolve(digits(first) + SEGMENT);
  }

  /** What sorts before the names of the segment that begins there, and after those before it. */
  public static String before(LogOffset first) {
    return digits(first.value());
  }

  private static String digits(long first) {
    return ("%0" + DIGITS + "d").formatted(first);
  }

  /** The offset of the first record of the segment with this name. */
  public static long firstOf(Path segment) {
    return Long.parseLong(segment.getFileName().toString().substring(0, DIGITS));
  }

  /** The name of a segment in its archive, where each generation of it is an object of its own. */
  public static String archived(String segment, int generation) {
    return generation == 0 ? segment : segment + "." + generation;
  }

  /** The generation of the segment with this name in its archive. */
  public static int generationOf(String archived) {
    String suffix = archived.substring(archived.indexOf(SEGMENT) + SEGMENT.length());
    return suffix.isEmpty() ? 0 : Integer.parseInt(suffix.substring(1));
  }

  /** What is to take a segment's place once it is on record that records of it are deleted. */
  static Path thinnedOf(Path segment) {
    return segment.resolveSibling(segment.getFileName() + THINNED);
  }

  /** The segments of which such a file is there. */
  static List<Path> listThinned(Path directory) {
    return files(directory, NAME + THINNED).stream()
        .map(file -> of(directory, firstOf(file)))
        .toList();
  }

  /** The segments in the directory, in the order of their offsets. */
  static List<Path> list(Path directory) {
    return files(directory, NAME);
  }

  static List<Path> listUnfinished(Path directory) {
    return files(directory, NAME + "(" + THINNED + ")?" + Disk.UNFINISHED);
  }

  private static List<Path> files(Path directory, String pattern) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    } catch (IOException e) {
      throw new Unavailable("The directory " + directory + " cannot be listed", e);
    }
  }
}
