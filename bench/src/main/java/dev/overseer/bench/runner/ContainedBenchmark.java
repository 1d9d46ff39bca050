package dev.overseer.bench.runner;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Occasion;
import dev.overseer.bench.measure.Ratio;
import dev.overseer.bench.process.Directories;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A good check alone, beside as many others that are good, and beside bad ones of every kind. */
final class ContainedBenchmark {
  static final String P50 = "on record after it was due, p50";
  static final String P99 = "on record after it was due, p99";
  static final String MAX = "on record after it was due, greatest";

  private static final int RATE = 2_000;

  private final Occasion occasion;
  private final Duration lasting;
  private final Duration warmUp;

  /**
   * @param warmUp of each run, and not timed
   */
  ContainedBenchmark(Occasion occasion, Duration lasting, Duration warmUp) {
    this.occasion = occasion;
    this.lasting = lasting;
    this.warmUp = warmUp;
  }

  List<Comparison> run() {
    occasion
        .settings()
        .accept(
            "%,d updates a second for %d s, of which the first %d are not timed; %d checks beside the good one"
                .formatted(RATE, lasting.toSeconds(), warmUp.toSeconds(), BadChecks.NAMES.size()));
    Path directory = Directories.temporary("overseer-bench-traffic");
    try {
      Traffic traffic =
          new Traffic(
                  directory.resolve("contained.updates"),
                  RATE * lasting.toSeconds(),
                  lasting.toSeconds(),
                  1)
              .write();
      Verdicts verdicts = new Verdicts(occasion.progress());
      return List.of(
          occasion
              .protocol()
              .compare(
                  "%,d a second".formatted(RATE),
                  List.of(
                      contender("alone", Neighbours.NONE, traffic, verdicts),
                      contender("beside good", Neighbours.GOOD, traffic, verdicts),
                      contender("beside bad", Neighbours.BAD, traffic, verdicts)),
                  ratios()));
    } finally {
      Directories.remove(directory);
    }
  }

  private static List<Ratio> ratios() {
    List<Ratio> ratios = new ArrayList<>();
    for (String against : List.of("alone", "beside good")) {
      String name = "contained-" + against.replace(' ', '-');
      ratios.add(new Ratio.OfFigure(name + "-p50", P50, "beside bad", against));
      ratios.add(new Ratio.OfFigure(name + "-p99", P99, "beside bad", against));
    }
    return ratios;
  }

  private Contender contender(
      String name, Neighbours neighbours, Traffic traffic, Verdicts verdicts) {
    return new ProgramContender(
        name,
        (stored, tables) ->
            Programs.overseer(
                ContainedProgram.class,
                List.of(
                    traffic.file().toString(),
                    stored.toString(),
                    tables.resolve("verdicts").toString(),
                    neighbours.name(),
                    Long.toString(warmUp.toMillis()),
                    Long.toString(lasting.toMillis()))),
        tally -> verdicts.of(name, tally));
  }
}
