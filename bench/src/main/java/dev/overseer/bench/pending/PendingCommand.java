package dev.overseer.bench.pending;

import dev.overseer.bench.process.Directories;
import dev.overseer.bench.process.SmallProcess;
import java.nio.file.Path;
import java.time.Duration;
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
    long payouts = smoke ? SMOKE_PENDING : pending;
    try (SmallProcess filling = start(directory, "fill", payouts)) {
      report(filling.await(PendingProgram.FILLED, FILL_MAX), filling);
      filling.kill();
    }
  }

  private void judge(Path directory) {
    int duration = smoke ? SMOKE_SECONDS : seconds;
    try (SmallProcess judging = start(directory, "judge", duration)) {
      System.out.println(judging.await(PendingProgram.RUNNING, FILL_MAX));
      report(judging.await(PendingProgram.JUDGED, FILL_MAX), judging);
      judging.awaitEnd(Duration.ofMinutes(1));
    }
  }

  private static SmallProcess start(Path directory, String what, long number) {
    return SmallProcess.start(
        PendingProgram.class,
        directory.resolve(what + ".log"),
        what,
        directory.toString(),
        Long.toString(number));
  }

  private static void report(String line, SmallProcess process) {
    System.out.println(line + "; " + process.usage());
  }
}
