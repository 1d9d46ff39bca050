package dev.overseer.bench.runner;

import dev.overseer.bench.measure.BenchmarkOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench runner}. */
@Command(
    name = "./dev bench runner",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has the traffic of an exchange judged, from the update log to the verdicts in the journal:"
          + " as fast as that goes, in turns with Apache Flink, which judges the same; and at"
          + " 30,000 updates a second, to see how soon a break is seen.",
      "",
      "Each contender is a process of its own. Ends with one line for each bar (bar NAME MEASURED"
          + " GOAL met, short or noisy) and for each ratio that is only told (ratio NAME MEASURED);"
          + " all figures are stored in bench/results. Nothing else should run on the machine"
          + " meanwhile."
    })
public final class RunnerCommand implements Callable<Integer> {
  private static final int SMOKE_UPDATES = 20_000;
  private static final int SMOKE_SECONDS = 1;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Updates that are judged as fast as it goes. Default: ${DEFAULT-VALUE}.")
  long updates = 1_500_000;

  @Option(
      names = "--paced-seconds",
      paramLabel = "N",
      description =
          "How long there are 30,000 updates a second, of which the first third is not timed."
              + " Default: ${DEFAULT-VALUE}.")
  int pacedSeconds = 60;

  @Option(
      names = "--per-transaction",
      paramLabel = "N",
      description = "Updates of a transaction. Default: ${DEFAULT-VALUE}.")
  int perTransaction = 1;

  @Mixin BenchmarkOptions options = new BenchmarkOptions();

  private final List<String> words;

  private RunnerCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new RunnerCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    return options.run(
        "runner",
        words,
        occasion ->
            new RunnerBenchmark(
                    occasion,
                    occasion.smoke() ? SMOKE_UPDATES : updates,
                    occasion.smoke() ? SMOKE_SECONDS : pacedSeconds,
                    perTransaction)
                .run());
  }
}
