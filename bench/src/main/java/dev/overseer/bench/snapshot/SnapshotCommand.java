package dev.overseer.bench.snapshot;

import dev.overseer.bench.measure.BenchmarkOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench snapshot}. */
@Command(
    name = "./dev bench snapshot",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets Overseer take in a table's existing rows, in turns with a reader that takes them by"
          + " COPY and drops them.",
      "",
      "Each runs as a process of its own; Overseer is done when all rows are durable and indexed."
          + " Ends with one line (ratio NAME MEASURED, noisy where the rounds differ too much); all"
          + " figures are stored in bench/results. Nothing else should run on the machine"
          + " meanwhile."
    })
public final class SnapshotCommand implements Callable<Integer> {
  private static final int SMOKE_ROWS = 20_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of the table. Default: ${DEFAULT-VALUE}.")
  int rows = 1_000_000;

  @Mixin BenchmarkOptions options = new BenchmarkOptions();

  private final List<String> words;

  private SnapshotCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new SnapshotCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    return options.run(
        "snapshot",
        words,
        occasion ->
            List.of(new SnapshotBenchmark(occasion, occasion.smoke() ? SMOKE_ROWS : rows).run()));
  }
}
