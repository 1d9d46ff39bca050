package dev.overseer.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A program of the benchmarks in a process of its own with a heap of 512 MB, which tells how it
 * gets on, each on a line that begins with a word of its own.
 */
public final class SmallProcess implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final ChildProcess process;
  private final Path told;

  private SmallProcess(ChildProcess process, Path told) {
    this.process = process;
    this.told = told;
  }

  /**
   * @param told the file for what it says
   */
  public static SmallProcess start(Class<?> program, Path told, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(words));
    return new SmallProcess(ChildProcess.start(command, Map.of(), told), told);
  }

  /** The line that begins with {@code word}, once it is there. */
  public String await(String word, Duration max) {
    return Polling.await(
        word.strip(),
        LOOK_EVERY,
        max,
        () -> {
          Optional<String> line = line(word);
          if (line.isEmpty()) {
            process.requireAlive();
          }
          return line;
        });
  }

  private Optional<String> line(String word) {
    try {
      return Files.readAllLines(told).stream().filter(line -> line.startsWith(word)).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + told, e);
    }
  }

  /** What it has taken so far. */
  public String usage() {
    return String.format(
        Locale.ROOT,
        "%d MB of memory at most, %.0f s of CPU",
        ProcessUsage.peakMemoryBytes(process.pid()) >> 20,
        ProcessUsage.cpuSeconds(process.pid()));
  }

  public void kill() {
    process.kill();
  }

  public void awaitEnd(Duration max) {
    process.awaitEnd(max);
  }

  @Override
  public void close() {
    process.close();
  }
}
