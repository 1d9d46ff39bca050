package dev.overseer.bench.log;

import dev.overseer.bench.measure.BenchmarkOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench log}. */
@Command(
    name = "./dev bench log",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Appends generated updates of 300 bytes durably and indexes them, in turns with a file that"
          + " takes the same bytes and with RocksDB holding the same updates and index entries;"
          + " then measures how long an append takes at 30,000 updates a second, and a read.",
      "",
      "All in one process. Ends with one line for each bar (bar NAME MEASURED GOAL met, short or"
          + " noisy); all figures are stored in bench/results. Nothing else should run on the"
          + " machine meanwhile."
    })
public final class LogCommand implements Callable<Integer> {
  private static final int SMOKE_UPDATES = 100_000;

  /** A round takes some six minutes, most of it the peer's. */
  private static final int ROUNDS_DEFAULT = 3;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Updates of each contender. Default: ${DEFAULT-VALUE}.")
  long updates = 10_000_000;

  @Mixin BenchmarkOptions options = new BenchmarkOptions(ROUNDS_DEFAULT);

  private final List<String> words;

  private LogCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new LogCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    return options.run(
        "log",
        words,
        occasion -> new LogBenchmark(occasion, occasion.smoke() ? SMOKE_UPDATES : updates).run());
  }
}
