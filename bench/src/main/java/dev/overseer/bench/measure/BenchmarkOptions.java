package dev.overseer.bench.measure;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options that every benchmark has, and what becomes of its figures. */
public final class BenchmarkOptions {
  private static final double LOAD_MAX = 0.5;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each contender after the warm-up. Default: ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = "--smoke",
      description =
          "One round of very little, only to see that the benchmark works; its figures say nothing,"
              + " and are not stored with the others.")
  boolean smoke;

  public BenchmarkOptions() {
    this(Protocol.ROUNDS_DEFAULT);
  }

  /**
   * @param rounds unless others are asked for
   */
  public BenchmarkOptions(int rounds) {
    this.rounds = rounds;
  }

  /**
   * Runs the benchmark, stores all of its figures, and prints them.
   *
   * @param name its name: {@code tail}
   * @param words that it was called with
   * @return the exit code
   */
  public int run(String name, List<String> words, Function<Occasion, List<Comparison>> benchmark) {
    Instant started = Instant.now();
    Machine machine = Machine.here();
    warn(machine);
    Path home = Path.of(System.getProperty("overseer.home", "")).toAbsolutePath();
    Protocol protocol = new Protocol(smoke ? 1 : rounds, !smoke, System.err::println);
    Set<String> settings = new TreeSet<>();
    List<Comparison> comparisons =
        benchmark.apply(new Occasion(home, protocol, settings::add, smoke));
    Report report =
        new Report(
            name,
            started,
            String.join(" ", "./dev bench", name, String.join(" ", words)).strip(),
            System.getProperty("overseer.commit", "unknown"),
            machine,
            List.copyOf(settings),
            comparisons,
            smoke);
    Path results = home.resolve(smoke ? "target/bench-smoke" : "bench/results");
    System.err.println("Stored: " + new Results(results).store(report));
    System.out.print(Results.text(report));
    return 0;
  }

  private void warn(Machine machine) {
    if (!smoke && machine.load() > LOAD_MAX) {
      System.err.printf(
          "Something else runs on this machine (load %.1f): figures will be too low%n",
          machine.load());
    }
  }
}
