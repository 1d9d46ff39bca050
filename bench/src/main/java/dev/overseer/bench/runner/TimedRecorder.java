package dev.overseer.bench.runner;

import dev.overseer.bench.log.Latencies;
import dev.overseer.checks.Verdict;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes the time at which verdicts became durable in the journal: the cut is what the strategy asks
 * to be waited for, so what passes from there is the time beyond the strategy's own delay. Written
 * by the runner's thread.
 */
final class TimedRecorder implements VerdictRecorder {
  private static final int DETECTIONS_MAX = 1_000_000;

  private final VerdictRecorder recorder;
  private final InstantSource clock;
  private final Predicate<Verdict> timed;
  private final List<Instant> unsynced = new ArrayList<>();
  private final Latencies beyond = new Latencies(DETECTIONS_MAX);
  private volatile long durableNanos = System.nanoTime();

  /**
   * @param timed which verdicts are told of
   */
  TimedRecorder(VerdictRecorder recorder, InstantSource clock, Predicate<Verdict> timed) {
    this.recorder = recorder;
    this.clock = clock;
    this.timed = timed;
  }

  @Override
  public void record(List<Finding> findings) {
    recorder.record(findings);
    for (Finding finding : findings) {
      Verdict verdict = finding.verdict();
      if (timed.test(verdict)) {
        unsynced.add(verdict.cut().toInstant());
      }
    }
  }

  @Override
  public LogOffset sync() {
    LogOffset end = recorder.sync();
    Instant now = clock.instant();
    unsynced.forEach(cut -> beyond.add(Duration.between(cut, now).toNanos()));
    unsynced.clear();
    durableNanos = System.nanoTime();
    return end;
  }

  /** When the last verdict became durable, as {@link System#nanoTime} tells it. */
  long durableNanos() {
    return durableNanos;
  }

  /** Asked when the runner is at rest. */
  Latencies beyond() {
    return beyond;
  }
}
