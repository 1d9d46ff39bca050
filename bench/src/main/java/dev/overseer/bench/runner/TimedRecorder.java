package dev.overseer.bench.runner;

import dev.overseer.bench.log.Latencies;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the time at which failing verdicts became durable in the journal: the cut is what the
 * strategy asks to be waited for, so what passes from there is the time to detect beyond the
 * strategy's own delay. Written by the runner's thread.
 */
final class TimedRecorder implements VerdictRecorder {
  private static final int DETECTIONS_MAX = 1_000_000;

  private final VerdictRecorder recorder;
  private final InstantSource clock;
  private final Instant until;
  private final List<Instant> unsynced = new ArrayList<>();
  private final Latencies beyond = new Latencies(DETECTIONS_MAX);
  private volatile long durableNanos = System.nanoTime();

  /**
   * @param until cuts after this are not told of: the traffic ends, and sources that are ahead of
   *     the clock make them due
   */
  TimedRecorder(VerdictRecorder recorder, InstantSource clock, Instant until) {
    this.recorder = recorder;
    this.clock = clock;
    this.until = until;
  }

  @Override
  public void record(List<Finding> findings) {
    recorder.record(findings);
    for (Finding finding : findings) {
      Verdict verdict = finding.verdict();
      Instant cut = verdict.cut().toInstant();
      if (verdict.outcome() instanceof Outcome.Failed && cut.isBefore(until)) {
        unsynced.add(cut);
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
