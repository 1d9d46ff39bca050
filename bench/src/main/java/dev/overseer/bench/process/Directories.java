package dev.overseer.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories: made, copied, removed, weighed. */
public final class Directories {
  private Directories() {}

  /** A new, empty one of this name and something more. */
  public static Path temporary(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary directory", e);
    }
  }

  /** Copies all files below {@code from}; {@code to} must not exist. */
  public static void copy(Path from, Path to) {
    for (Path path : all(from)) {
      try {
        Files.copy(path, to.resolve(from.relativize(path)));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot copy " + path + " to " + to, e);
      }
    }
  }

  /** Removes it with everything in it, if it is there. */
  public static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    for (Path path : all(directory).reversed()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot remove " + path, e);
      }
    }
  }

  /** The sizes of all files below; 0 when it is not there. */
  public static long bytes(Path directory) {
    if (!Files.exists(directory)) {
      return 0;
    }
    return all(directory).stream().filter(Files::isRegularFile).mapToLong(Directories::size).sum();
  }

  /** What is directly in it, by name. */
  public static List<Path> entries(Path directory) {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory, e);
    }
  }

  /** Parents before what is in them. */
  private static List<Path> all(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(Comparator.naturalOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot weigh " + file, e);
    }
  }
}
