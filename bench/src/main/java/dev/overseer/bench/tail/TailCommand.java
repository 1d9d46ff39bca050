package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Protocol;
import dev.overseer.bench.measure.Report;
import dev.overseer.bench.measure.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench tail}. */
@Command(
    name = "./dev bench tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets Overseer drain a backlog in one Postgres, beside a reader that drops everything.",
      "",
      "Overseer runs as a process of its own and stores, indexes and judges everything. Ends with"
          + " one line for each bar: bar NAME MEASURED GOAL met, short or noisy; all figures are"
          + " stored in bench/results. Nothing else should run on the machine meanwhile."
    })
public final class TailCommand implements Callable<Integer> {
  private static final int SMOKE_CHANGES = 10_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each contender after the warm-up. Default: ${DEFAULT-VALUE}.")
  int rounds = Protocol.ROUNDS_DEFAULT;

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

  @Option(
      names = "--smoke",
      description =
          "One round of a small backlog, only to see that the benchmark works; its figures say"
              + " nothing, and are not stored.")
  boolean smoke;

  private final List<String> words;

  private TailCommand(String... words) {
    this.words = List.of(words);
  }

  public static void main(String[] words) {
    System.exit(new CommandLine(new TailCommand(words)).execute(words));
  }

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("overseer.home", "")).toAbsolutePath();
    String commit = System.getProperty("overseer.commit", "unknown");
    Protocol protocol = new Protocol(smoke ? 1 : rounds, !smoke, System.err::println);
    Report report =
        new TailBenchmark(home, smoke ? SMOKE_CHANGES : changes, protocol)
            .run(command(), commit, shapes(), smoke);
    Path results = home.resolve(smoke ? "target/bench-smoke" : "bench/results");
    System.err.println("Stored: " + new Results(results).store(report));
    System.out.print(Results.text(report));
    return 0;
  }

  private String command() {
    List<String> all = new ArrayList<>(List.of("./dev", "bench", "tail"));
    all.addAll(words);
    return String.join(" ", all);
  }

  private List<Shape> shapes() {
    if (shape == null) {
      return List.of(Shape.values());
    }
    return List.of(Shape.valueOf(shape.toUpperCase(Locale.ROOT).replace('-', '_')));
  }
}
