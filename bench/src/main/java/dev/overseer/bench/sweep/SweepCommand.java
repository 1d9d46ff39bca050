package dev.overseer.bench.sweep;

import dev.overseer.bench.process.Directories;
import dev.overseer.bench.process.SmallProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench sweep}. */
@Command(
    name = "./dev bench sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sweeps very many roots and as many members in a process with a heap of 512 MB, at the"
          + " highest rate that there is, while a thousand other updates a second are judged.",
      "Nothing else should run on the machine meanwhile."
    })
public final class SweepCommand implements Callable<Integer> {
  private static final long SMOKE_ROOTS = 400;
  private static final int SMOKE_MILLIS = 200;
  private static final Duration PART_MAX = Duration.ofHours(2);
  private static final List<String> TOLD =
      List.of(
          SweepProgram.FILLED,
          SweepProgram.BEFORE,
          SweepProgram.COUNTED,
          SweepProgram.SWEPT,
          SweepProgram.MEANWHILE);

  @Option(
      names = "--roots",
      paramLabel = "N",
      description = "Roots, each of which has one member. Default: ${DEFAULT-VALUE}.")
  long roots = 2_000_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "For how long others are timed before the sweep. Default: ${DEFAULT-VALUE}.")
  int seconds = 60;

  @Option(names = "--smoke", description = "Few roots, to see that it works.")
  boolean smoke;

  private SweepCommand() {}

  public static void main(String[] words) {
    System.exit(new CommandLine(new SweepCommand()).execute(words));
  }

  @Override
  public Integer call() {
    Path directory = Directories.temporary("overseer-sweep");
    try (SmallProcess sweeping = start(directory)) {
      for (String word : TOLD) {
        System.out.println(sweeping.await(word, PART_MAX) + "; " + sweeping.usage());
      }
      sweeping.kill();
    } finally {
      Directories.remove(directory);
    }
    return 0;
  }

  private SmallProcess start(Path directory) {
    return SmallProcess.start(
        SweepProgram.class,
        directory.resolve("sweep.log"),
        directory.toString(),
        Long.toString(smoke ? SMOKE_ROOTS : roots),
        Long.toString(smoke ? SMOKE_MILLIS : seconds * 1000L));
  }
}
