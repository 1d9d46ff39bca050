package dev.overseer.bench.runner;

import dev.overseer.bench.measure.BenchmarkOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench contained}. */
@Command(
    name = "./dev bench contained",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has a good check judge 2,000 updates a second alone, beside seven others that are good, and"
          + " beside seven bad ones: throwing, deaf, spinning, deadlocked, greedy, recursing and"
          + " slow. Tells how long after they were due its judgements were on record.",
      "",
      "Each contender is a process of its own. Ends with one line for each ratio (ratio NAME"
          + " MEASURED); all figures are stored in bench/results. Nothing else should run on the"
          + " machine meanwhile."
    })
public final class ContainedCommand implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration SMOKE = Duration.ofSeconds(2);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "How long each run lasts, of which the first five are not timed. Default:"
              + " ${DEFAULT-VALUE}.")
  int seconds = 30;

  @Mixin BenchmarkOptions options = new BenchmarkOptions();

  private final List<String> words;

  private ContainedCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new ContainedCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    if (seconds <= WARM_UP.toSeconds()) {
      System.err.println("Of --seconds the first five are not timed: ask for more");
      return 2;
    }
    return options.run(
        "contained",
        words,
        occasion ->
            occasion.smoke()
                ? new ContainedBenchmark(occasion, SMOKE, Duration.ZERO).run()
                : new ContainedBenchmark(occasion, Duration.ofSeconds(seconds), WARM_UP).run());
  }
}
