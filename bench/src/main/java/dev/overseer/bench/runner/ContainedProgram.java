package dev.overseer.bench.runner;

import dev.overseer.bench.log.Latencies;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.server.loading.LoadedChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * One contender, a process of its own: the good check judges the traffic at its own pace, beside
 * whoever judges there too. Its threads end with it, for some never do otherwise.
 */
public final class ContainedProgram {
  private static final Duration START = Duration.ofSeconds(1);

  private ContainedProgram() {}

  /**
   * @param arguments the traffic's file, an empty directory for what is stored, a file for the good
   *     check's verdicts, the {@link Neighbours}, and from which millisecond of the traffic on to
   *     which one judgements are timed: not while the machine compiles, nor at the end, where a
   *     source is silent for long
   */
  public static void main(String[] arguments) {
    TrafficReader traffic = new TrafficReader(Path.of(arguments[0]));
    LoadedChecks checks = LoadedChecks.of(Neighbours.valueOf(arguments[3]).together());
    Instant origin = Instant.now().plus(START);
    Instant from = origin.plusMillis(Long.parseLong(arguments[4]));
    Instant end = origin.plusMillis(Long.parseLong(arguments[5]));
    try (ExchangeJourney journey =
        new ExchangeJourney(
            Path.of(arguments[1]),
            EffectiveTime.of(origin).micros(),
            checks,
            timed(checks, from, end))) {
      JourneyProgram program = new JourneyProgram(traffic, journey, JourneyProgram.paced(origin));
      double seconds = program.run(Path.of(arguments[2]));
      tell(journey.recorder().beyond());
      Telling.done(program.updates(), seconds);
    }
  }

  private static Predicate<Verdict> timed(LoadedChecks checks, Instant from, Instant end) {
    var good = checks.definitions().getFirst().name();
    return verdict -> {
      Instant cut = verdict.cut().toInstant();
      return verdict.check().equals(good) && !cut.isBefore(from) && cut.isBefore(end);
    };
  }

  private static void tell(Latencies late) {
    Telling.figure("judgements timed", late.count(), "");
    Telling.figure(ContainedBenchmark.P50, late.micros(0.5) / 1e3, "ms");
    Telling.figure(ContainedBenchmark.P99, late.micros(0.99) / 1e3, "ms");
    Telling.figure(ContainedBenchmark.MAX, late.micros(1) / 1e3, "ms");
  }
}
