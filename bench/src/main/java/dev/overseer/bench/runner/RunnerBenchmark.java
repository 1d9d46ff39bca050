package dev.overseer.bench.runner;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Occasion;
import dev.overseer.bench.measure.Ratio;
import dev.overseer.bench.process.Directories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As fast as it goes, in turns with Flink; and at a steady pace, how soon a break is seen. */
final class RunnerBenchmark {
  static final String OVERSEER = "overseer";
  static final String PACED = "overseer paced";
  static final String P50 = "time to detect beyond the strategy's, p50";
  static final String P99 = "time to detect beyond the strategy's, p99";
  static final String MAX = "time to detect beyond the strategy's, greatest";

  private static final double RATE_MIN = 100_000;
  private static final double PEER_RATIO_MIN = 2;
  private static final String ROCKSDB = "rocksdb";
  private static final String HEAP = "hashmap";
  private static final double P50_MILLIS_MAX = 250;
  private static final double P99_MILLIS_MAX = 1_000;
  private static final int PACED_RATE = 30_000;

  private final Occasion occasion;
  private final long updates;
  private final int pacedSeconds;
  private final int perTransaction;

  RunnerBenchmark(Occasion occasion, long updates, int pacedSeconds, int perTransaction) {
    this.occasion = occasion;
    this.updates = updates;
    this.pacedSeconds = pacedSeconds;
    this.perTransaction = perTransaction;
  }

  List<Comparison> run() {
    occasion
        .settings()
        .accept(
            "%,d updates, %d a transaction, in %.0f s of the traffic's own time; paced: %,d a second for %d s"
                .formatted(updates, perTransaction, secondsOf(updates), PACED_RATE, pacedSeconds));
    Path directory = Directories.temporary("overseer-bench-traffic");
    try {
      return List.of(
          sustained(directory.resolve("fast.updates")), paced(directory.resolve("paced.updates")));
    } finally {
      Directories.remove(directory);
    }
  }

  /** As dense as the traffic of the paced rounds: how much is under way at a time depends on it. */
  private static double secondsOf(long updates) {
    return (double) updates / PACED_RATE;
  }

  private Comparison sustained(Path file) {
    Traffic traffic = new Traffic(file, updates, secondsOf(updates), perTransaction).write();
    Verdicts verdicts = new Verdicts(occasion.progress());
    List<Contender> contenders =
        new ArrayList<>(
            List.of(
                journey(OVERSEER, traffic, JourneyProgram.FAST, verdicts),
                flink(ROCKSDB, traffic, verdicts)));
    List<Ratio> ratios =
        new ArrayList<>(
            List.of(
                new Ratio.Floor("runner-rate", OVERSEER, RATE_MIN),
                new Ratio.Bar(
                    "runner-flink-rocksdb", OVERSEER, "flink " + ROCKSDB, PEER_RATIO_MIN)));
    if (!occasion.smoke()) {
      contenders.add(flink(HEAP, traffic, verdicts));
      ratios.add(new Ratio.Told("runner-flink-heap", OVERSEER, "flink " + HEAP));
    }
    return occasion.protocol().compare("sustained", contenders, ratios);
  }

  private Comparison paced(Path file) {
    long count = (long) PACED_RATE * pacedSeconds;
    Traffic traffic = new Traffic(file, count, pacedSeconds, perTransaction).write();
    Verdicts verdicts = new Verdicts(occasion.progress());
    return occasion
        .protocol()
        .compare(
            "%,d a second".formatted(PACED_RATE),
            List.of(journey(PACED, traffic, JourneyProgram.PACED, verdicts)),
            List.of(
                new Ratio.Ceiling("runner-detect-p50-ms", PACED, P50, P50_MILLIS_MAX),
                new Ratio.Ceiling("runner-detect-p99-ms", PACED, P99, P99_MILLIS_MAX)));
  }

  private static Contender journey(String name, Traffic traffic, String pace, Verdicts verdicts) {
    return new ProgramContender(
        name,
        (stored, tables) ->
            Programs.overseer(
                JourneyProgram.class,
                List.of(
                    traffic.file().toString(),
                    stored.toString(),
                    tables.resolve("verdicts").toString(),
                    pace)),
        tally -> verdicts.of(name, tally));
  }

  private Contender flink(String backend, Traffic traffic, Verdicts verdicts) {
    String name = "flink " + backend;
    return new ProgramContender(
        name,
        (stored, tables) ->
            Programs.flink(
                occasion.home(),
                List.of(traffic.file().toString(), stored.toString(), tables.toString(), backend)),
        tally -> verdicts.of(name, tally));
  }
}
