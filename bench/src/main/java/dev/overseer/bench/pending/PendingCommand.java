package dev.overseer.bench.pending;

import dev.overseer.bench.process.ChildProcess;
import dev.overseer.bench.process.Directories;
import dev.overseer.bench.process.Polling;
import dev.overseer.bench.process.ProcessUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench pending}. */
@Command(
    name = "./dev bench pending",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has very many deadlines wait in a process with a heap of 512 MB, kills it, starts another on"
          + " what it left, and judges those that come to be due.",
      "Nothing else should run on the machine meanwhile."
    })
public final class PendingCommand implements Callable<Integer> {
  private static final long SMOKE_PENDING = 20_000;
  private static final int SMOKE_SECONDS = 2;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration FILL_MAX = Duration.ofMinutes(30);

  @Option(
      names = "--pending",
      paramLabel = "N",
      description = "Deadlines that wait. Default: ${DEFAULT-VALUE}.")
  long pending = 10_000_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "For how long some are judged, 2000 a second. Default: ${DEFAULT-VALUE}.")
  int seconds = 60;

  @Option(names = "--smoke", description = "Few deadlines, to see that it works.")
  boolean smoke;

  private PendingCommand() {}

  public static void main(String[] words) {
    System.exit(new CommandLine(new PendingCommand()).execute(words));
  }

  @Override
  public Integer call() {
    Path directory = Directories.temporary("overseer-pending");
    try {
      fill(directory);
      judge(directory);
    } finally {
      Directories.remove(directory);
    }
    return 0;
  }

  private void fill(Path directory) {
    Path told = directory.resolve("fill.log");
    long payouts = smoke ? SMOKE_PENDING : pending;
    try (ChildProcess filling = start(directory, told, "fill", payouts)) {
      report(await(filling, told, PendingProgram.FILLED, FILL_MAX), filling);
      filling.kill();
    }
  }

  private void judge(Path directory) {
    Path told = directory.resolve("judge.log");
    int duration = smoke ? SMOKE_SECONDS : seconds;
    try (ChildProcess judging = start(directory, told, "judge", duration)) {
      System.out.println(await(judging, told, PendingProgram.RUNNING, FILL_MAX));
      report(await(judging, told, PendingProgram.JUDGED, FILL_MAX), judging);
      judging.awaitEnd(Duration.ofMinutes(1));
    }
  }

  private static ChildProcess start(Path directory, Path told, String what, long number) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms64m",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            PendingProgram.class.getName(),
            what,
            directory.toString(),
            Long.toString(number));
    return ChildProcess.start(command, Map.of(), told);
  }

  private static String await(ChildProcess process, Path told, String word, Duration max) {
    return Polling.await(
        word.strip(),
        LOOK_EVERY,
        max,
        () -> {
          Optional<String> line = line(told, word);
          if (line.isEmpty()) {
            process.requireAlive();
          }
          return line;
        });
  }

  private static Optional<String> line(Path told, String word) {
    try {
      return Files.readAllLines(told).stream().filter(line -> line.startsWith(word)).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + told, e);
    }
  }

  private static void report(String line, ChildProcess process) {
    System.out.printf(
        "%s; %d MB of memory at most, %.0f s of CPU%n",
        line,
        ProcessUsage.peakMemoryBytes(process.pid()) >> 20,
        ProcessUsage.cpuSeconds(process.pid()));
  }
}
