package dev.overseer.bench.backtest;

import dev.overseer.bench.measure.BenchmarkOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench backtest}. */
@Command(
    name = "./dev bench backtest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Backtests a check of a view of two tables over a generated log, in turns with merely reading"
          + " that log: its segments, checksums, blocks and records.",
      "",
      "All in one process. Ends with one line for each bar (bar NAME MEASURED GOAL met, short or"
          + " noisy); all figures are stored in bench/results. Nothing else should run on the"
          + " machine meanwhile."
    })
public final class BacktestCommand implements Callable<Integer> {
  private static final int SMOKE_UPDATES = 100_000;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Updates in the log. Default: ${DEFAULT-VALUE}.")
  long updates = 4_000_000;

  @Mixin BenchmarkOptions options = new BenchmarkOptions();

  private final List<String> words;

  private BacktestCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new BacktestCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    return options.run(
        "backtest",
        words,
        occasion ->
            new BacktestBenchmark(occasion, occasion.smoke() ? SMOKE_UPDATES : updates).run());
  }
}
