package dev.overseer.bench.runner;

import dev.overseer.bench.log.Latencies;
import dev.overseer.bench.process.ProcessUsage;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.server.loading.LoadedChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * One contender, a process of its own: takes the traffic in, and judges it. As fast as it can, with
 * the log never further ahead of the runner than {@link #AHEAD_MAX}; or at the traffic's own pace,
 * each transaction when it is due.
 */
public final class JourneyProgram {
  static final String PACED = "paced";
  static final String FAST = "fast";

  /** Records of the log: about half a second's. What is reached so is sustained, not put off. */
  private static final long AHEAD_MAX = 30_000;

  /** Longer than the strategy's own delay: then everything is judged. */
  private static final Duration AFTER_THE_LAST = Duration.ofMillis(1_500);

  /** Of a paced run: while the process compiles, judging falls behind, and catches up. */
  private static final int YOUNG_PART = 3;

  private static final Duration PACED_START = Duration.ofSeconds(1);
  private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");
  private static final long PAUSE_NANOS = 50_000;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final double MEGABYTE = 1e6;

  private final TrafficReader traffic;
  private final ExchangeJourney journey;
  private final Pace pace;
  private long updates;

  /** Waits until an update of a time may be appended. */
  @FunctionalInterface
  interface Pace {
    void await(long micros);
  }

  JourneyProgram(TrafficReader traffic, ExchangeJourney journey, Pace pace) {
    this.traffic = traffic;
    this.journey = journey;
    this.pace = pace;
  }

  /**
   * @param arguments the traffic's file, an empty directory for what is stored, a file for the
   *     verdicts, and {@code paced} or {@code fast}
   */
  public static void main(String[] arguments) {
    TrafficReader traffic = new TrafficReader(Path.of(arguments[0]));
    Path verdicts = Path.of(arguments[2]);
    boolean isPaced = arguments[3].equals(PACED);
    Instant origin = isPaced ? Instant.now().plus(PACED_START) : PAST;
    Instant end = origin.plusNanos(traffic.lastMicros() * NANOS_PER_MICRO);
    Instant from = origin.plusNanos(traffic.lastMicros() * NANOS_PER_MICRO / YOUNG_PART);
    long originMicros = EffectiveTime.of(origin).micros();
    LoadedChecks checks = LoadedChecks.of(List.of(new BookingChecks()));
    // Afterwards the sources are ahead of the clock, and make due what is not yet.
    Predicate<Verdict> timed =
        verdict ->
            isPaced
                && verdict.outcome() instanceof Outcome.Failed
                && !verdict.cut().toInstant().isBefore(from)
                && verdict.cut().toInstant().isBefore(end);
    try (ExchangeJourney journey =
        new ExchangeJourney(Path.of(arguments[1]), originMicros, checks, timed)) {
      Pace pace = isPaced ? paced(origin) : bounded(journey);
      JourneyProgram program = new JourneyProgram(traffic, journey, pace);
      double seconds = program.run(verdicts);
      program.tellUsage();
      tellDetection(journey.recorder().beyond());
      Telling.done(program.updates, seconds);
    }
  }

  static Pace paced(Instant origin) {
    long originNanos = System.nanoTime() + Duration.between(Instant.now(), origin).toNanos();
    return micros -> {
      long due = originNanos + micros * NANOS_PER_MICRO;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    };
  }

  private static Pace bounded(ExchangeJourney journey) {
    return _ -> {
      while (journey.ahead() > AHEAD_MAX) {
        journey.requireGood();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    };
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / NANOS_PER_MICRO;
  }

  /** Judges all of the traffic, and tells what that took; says for how many seconds. */
  double run(Path verdicts) {
    long pid = ProcessHandle.current().pid();
    double cpuBefore = ProcessUsage.cpuSeconds(pid);
    long begun = 0;
    for (List<ExchangeUpdate> next = traffic.next(); !next.isEmpty(); next = traffic.next()) {
      pace.await(next.getFirst().micros());
      begun = updates == 0 ? System.nanoTime() : begun;
      journey.append(next);
      updates += next.size();
    }
    journey.end(traffic.lastMicros() + micros(AFTER_THE_LAST));
    double seconds = (journey.awaitRest(traffic.lastMicros()) - begun) / 1e9;
    Telling.figure("cpu", ProcessUsage.cpuSeconds(pid) - cpuBefore, "s");
    Telling.figure("peak memory", ProcessUsage.peakMemoryBytes(pid) / MEGABYTE, "MB");
    journey.writeVerdicts(verdicts);
    return seconds;
  }

  long updates() {
    return updates;
  }

  private void tellUsage() {
    ProcessUsage.cpuSecondsByThread(ProcessHandle.current().pid())
        .forEach((thread, seconds) -> Telling.figure("cpu of threads: " + thread, seconds, "s"));
    for (String part : List.of("updates", "index", "journal", "runner")) {
      Telling.figure("disk: " + part, journey.bytesOf(part) / MEGABYTE, "MB");
    }
  }

  private static void tellDetection(Latencies beyond) {
    if (beyond.count() > 0) {
      Telling.figure("failures timed", beyond.count(), "");
      Telling.figure(RunnerBenchmark.P50, beyond.micros(0.5) / 1e3, "ms");
      Telling.figure(RunnerBenchmark.P99, beyond.micros(0.99) / 1e3, "ms");
      Telling.figure(RunnerBenchmark.MAX, beyond.micros(1) / 1e3, "ms");
    }
  }
}
