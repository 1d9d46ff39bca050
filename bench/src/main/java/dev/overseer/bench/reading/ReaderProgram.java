package dev.overseer.bench.reading;

import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A program that reads everything there is, prints one line like {@code drained 900; transactions
 * 12; pgoutput 2549 bytes}, and waits, connected, for the end of its standard input, so that what
 * it and its sender used can be read off.
 *
 * @param name in errors and of its log: {@code bare-reader}
 * @param directory for its log
 * @param command that starts it
 */
public record ReaderProgram(String name, Path directory, List<String> command) {
  private static final Pattern SUMMARY = Pattern.compile("drained (\\d+)(.*)\\R");
  private static final Pattern FIGURE = Pattern.compile("; (\\D+) (\\d+) ?(\\w*)");
  private static final Duration END_MAX = Duration.ofSeconds(30);

  public ReaderProgram {
    command = List.copyOf(command);
  }

  /** What starts a program in Java, with the memory that Overseer's own launcher grants. */
  public static List<String> java(String classPath, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms64m", "-Xmx1g", "-XX:+UseG1GC", "-cp", classPath, main));
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs it once.
   *
   * @param expected how much there is to read; anything else is an error
   * @param sender the server's process that sends to it; empty while there is none
   */
  public Measurement run(BankServer server, long expected, Supplier<OptionalLong> sender) {
    Path log = fresh(directory.resolve(name + ".log"));
    try (ChildProcess reader = ChildProcess.start(command, Map.of(), log)) {
      Drain drain = Drain.watch(server, reader, sender, () -> summary(log).isPresent());
      reader.endInput();
      reader.awaitEnd(END_MAX);
      return measurement(drain, summary(log).orElseThrow(), expected);
    }
  }

  private Measurement measurement(Drain drain, MatchResult summary, long expected) {
    long read = Long.parseLong(summary.group(1));
    if (read != expected) {
      throw new IllegalStateException("%s read %d of %d".formatted(name, read, expected));
    }
    List<Figure> figures = new ArrayList<>(drain.figures());
    FIGURE
        .matcher(summary.group(2))
        .results()
        .map(it -> new Figure(it.group(1), Double.parseDouble(it.group(2)), it.group(3)))
        .forEach(figures::add);
    return new Measurement(read, drain.seconds(), figures);
  }

  private static Optional<MatchResult> summary(Path log) {
    try {
      return SUMMARY.matcher(Files.readString(log)).results().findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + log, e);
    }
  }

  private static Path fresh(Path log) {
    try {
      Files.deleteIfExists(log);
      return Files.createFile(log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + log, e);
    }
  }
}
