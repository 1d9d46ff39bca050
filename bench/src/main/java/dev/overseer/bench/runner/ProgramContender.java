package dev.overseer.bench.runner;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.process.ChildProcess;
import dev.overseer.bench.process.Directories;
import dev.overseer.bench.runner.VerdictFile.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A contender that is a program of its own, with an empty directory for each run. */
final class ProgramContender implements Contender {
  private static final Duration END_MAX = Duration.ofMinutes(15);

  private final String name;
  private final Starting starting;
  private final Consumer<Tally> judged;

  /** Says how the program is started. */
  @FunctionalInterface
  interface Starting {
    /**
     * @param stored an empty directory for what it stores
     * @param verdicts another one for files of verdicts
     */
    List<String> command(Path stored, Path verdicts);
  }

  /**
   * @param judged hears of each run's verdicts
   */
  ProgramContender(String name, Starting starting, Consumer<Tally> judged) {
    this.name = name;
    this.starting = starting;
    this.judged = judged;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Measurement run() {
    Path directory = Directories.temporary("overseer-bench-runner");
    try {
      Path stored = Files.createDirectory(directory.resolve("stored"));
      Path verdicts = Files.createDirectory(directory.resolve("verdicts"));
      Path log = Files.createFile(directory.resolve("log"));
      run(starting.command(stored, verdicts), log);
      judged.accept(Tally.of(Directories.entries(verdicts)));
      return Telling.read(Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException("The run of " + name + " cannot be kept", e);
    } finally {
      Directories.remove(directory);
    }
  }

  private static void run(List<String> command, Path log) {
    try (ChildProcess program = ChildProcess.start(command, Map.of(), log)) {
      if (!program.awaitEnd(END_MAX) || program.exitCode() != 0) {
        throw new IllegalStateException(
            "It did not end well; the end of what it said:\n" + program.lastLines());
      }
    }
  }
}
