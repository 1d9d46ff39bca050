package dev.overseer.examples.exchange.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one demo stores everything: both servers' files, Overseer's configuration and data, and its
 * log, into which goes what the process writes to standard error meanwhile. Closing removes it,
 * unless it is to be kept.
 */
final class DemoDirectory implements AutoCloseable {
  private final Path path;
  private final boolean keep;
  private final PrintStream standardError = System.err;
  private final PrintStream log;

  private DemoDirectory(Path path, boolean keep, PrintStream log) {
    this.path = path;
    this.keep = keep;
    this.log = log;
  }

  static DemoDirectory create(boolean keep) throws IOException {
    Path path = Files.createTempDirectory("overseer-demo-");
    PrintStream log =
        new PrintStream(
            Files.newOutputStream(path.resolve("overseer.log")), true, StandardCharsets.UTF_8);
    System.setErr(log);
    return new DemoDirectory(path, keep, log);
  }

  Path path() {
    return path;
  }

  /** For people, when it is kept. */
  List<String> whereToLook() {
    return keep
        ? List.of(
            "",
            "Kept in " + path + ". To look into it:",
            "  ./overseer violation list --config " + path.resolve("overseer.yaml"),
            "  less " + path.resolve("overseer.log"))
        : List.of();
  }

  @Override
  public void close() {
    System.setErr(standardError);
    log.close();
    if (!keep) {
      remove();
    }
  }

  private void remove() {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(DemoDirectory::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + path + ": remove it by hand", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
