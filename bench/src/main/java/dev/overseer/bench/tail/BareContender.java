package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Contender;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Runs {@link BareReader}. */
final class BareContender implements Contender {
  private static final String SLOT = "bare_reader";
  private static final Pattern SUMMARY = Pattern.compile("drained (\\d+) (\\d+) (\\d+)");
  private static final Duration END_MAX = Duration.ofSeconds(10);

  private final Backlog backlog;
  private final String publication;
  private final Path directory;
  private long rawBytes;

  /**
   * @param publication which both readers read
   * @param directory for the process's output
   */
  BareContender(Backlog backlog, String publication, Path directory) {
    this.backlog = backlog;
    this.publication = publication;
    this.directory = directory;
  }

  @Override
  public String name() {
    return "bare reader";
  }

  /** What pgoutput itself sent for the whole backlog, counted at the last run. */
  long rawBytes() {
    return rawBytes;
  }

  @Override
  public Measurement run() {
    backlog.rewind(SLOT);
    Path log = fresh(directory.resolve("bare-reader.log"));
    double serverCpu = backlog.serverCpuSeconds();
    try (ChildProcess reader = ChildProcess.start(command(), Map.of(), log)) {
      Drain drain = Drain.watch(backlog, SLOT, reader, serverCpu, () -> summary(log).isPresent());
      reader.endInput();
      reader.awaitEnd(END_MAX);
      return measurement(drain, summary(log).orElseThrow());
    } finally {
      backlog.drop(SLOT);
    }
  }

  private Measurement measurement(Drain drain, MatchResult summary) {
    long changes = Long.parseLong(summary.group(1));
    if (changes != backlog.changes()) {
      throw new IllegalStateException(
          "The bare reader received %d changes of %d".formatted(changes, backlog.changes()));
    }
    rawBytes = Long.parseLong(summary.group(3));
    List<Figure> figures = new ArrayList<>(drain.figures());
    figures.add(new Figure("transactions", Long.parseLong(summary.group(2)), ""));
    figures.add(new Figure("pgoutput", rawBytes / 1e6, "MB"));
    return new Measurement(changes, drain.seconds(), figures);
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms64m",
        "-Xmx1g",
        "-XX:+UseG1GC",
        "-cp",
        System.getProperty("java.class.path"),
        BareReader.class.getName(),
        backlog.jdbcUrl(),
        SLOT,
        publication,
        Long.toString(backlog.changes()));
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
