package dev.overseer.bench.views;

import dev.overseer.bench.measure.BenchmarkOptions;
import dev.overseer.testkit.PostgresVersion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench views}. */
@Command(
    name = "./dev bench views",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads records with 10, 1,000 and 100,000 updates and a view of 1,000 members, each as of any"
          + " time in their history, in turns with a table of the same history in Postgres; then"
          + " records by 1, 2 and 8 threads while 30,000 updates a second come in.",
      "",
      "Ends with one line for each bar (bar NAME MEASURED GOAL met, short or noisy); all figures"
          + " are stored in bench/results. Nothing else should run on the machine meanwhile."
    })
public final class ViewsCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "VERSION",
      description = "The Postgres to compare with, 14 to 18. Default: the newest.")
  int server = PostgresVersion.NEWEST.major();

  @Mixin BenchmarkOptions options = new BenchmarkOptions();

  private final List<String> words;

  private ViewsCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new ViewsCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    PostgresVersion version = PostgresVersion.of(server);
    return options.run("views", words, occasion -> new ViewsBenchmark(occasion, version).run());
  }
}
