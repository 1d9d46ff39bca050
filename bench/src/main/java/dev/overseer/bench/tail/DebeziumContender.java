package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.reading.ReaderProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Debezium Engine, the reader of the module {@code bench-debezium}, which shares no class with
 * this one.
 */
final class DebeziumContender implements Contender {
  static final String NAME = "debezium";
  private static final String SLOT = "debezium";
  private static final String MAIN = "dev.overseer.bench.debezium.DebeziumReader";
  private static final Pattern VERSION = Pattern.compile("debezium-embedded-([^/]+)\\.jar");

  private final SlotReader reader;
  private final String classPath;
  private final Path offsets;

  /**
   * @param home the source tree, with that module built
   * @param publication which all readers read
   * @param directory for the process's output and offsets
   */
  DebeziumContender(Path home, Backlog backlog, String publication, Path directory) {
    this.classPath = classPath(home.resolve("bench-debezium/target"));
    this.offsets = directory.resolve("debezium-offsets.dat");
    List<String> arguments =
        List.of(
            Integer.toString(backlog.server().port()),
            SLOT,
            publication,
            Long.toString(backlog.changes()),
            offsets.toString());
    List<String> command = ReaderProgram.java(classPath, MAIN, arguments);
    this.reader = new SlotReader(NAME, SLOT, backlog, new ReaderProgram(NAME, directory, command));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** As its jar says: {@code 3.6.1.Final}. */
  String version() {
    Matcher matcher = VERSION.matcher(classPath);
    return matcher.find() ? matcher.group(1) : "of an unknown version";
  }

  @Override
  public Measurement run() {
    try {
      Files.deleteIfExists(offsets);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + offsets, e);
    }
    return reader.run();
  }

  private static String classPath(Path target) {
    try {
      return target.resolve("classes")
          + ":"
          + Files.readString(target.resolve("runtime.classpath")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("The module bench-debezium is not built", e);
    }
  }
}
