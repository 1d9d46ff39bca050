package dev.overseer.bench.tail;

import dev.overseer.bench.measure.BenchmarkOptions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench tail}. */
@Command(
    name = "./dev bench tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets Overseer drain a backlog in one Postgres, in turns with a reader that drops everything"
          + " and with Debezium Engine, which makes JSON of it and drops that.",
      "",
      "Each runs as a process of its own; Overseer stores, indexes and judges everything. Ends with"
          + " one line for each bar (bar NAME MEASURED GOAL met, short or noisy) and for each ratio"
          + " that is only told (ratio NAME MEASURED); all figures are stored in bench/results."
          + " Nothing else should run on the machine meanwhile."
    })
public final class TailCommand implements Callable<Integer> {
  private static final int SMOKE_CHANGES = 10_000;

  @Option(
      names = "--changes",
      paramLabel = "N",
      description = "Size of the backlog. Default: ${DEFAULT-VALUE}.")
  int changes = 1_000_000;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description = "Only this one: single-row or hundred-rows transactions. Default: both.")
  @Nullable String shape;

  @Mixin BenchmarkOptions options = new BenchmarkOptions();

  private final List<String> words;

  private TailCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new TailCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    return options.run(
        "tail",
        words,
        occasion ->
            new TailBenchmark(occasion, occasion.smoke() ? SMOKE_CHANGES : changes).run(shapes()));
  }

  private List<Shape> shapes() {
    if (shape == null) {
      return List.of(Shape.values());
    }
    return List.of(Shape.valueOf(shape.toUpperCase(Locale.ROOT).replace('-', '_')));
  }
}
