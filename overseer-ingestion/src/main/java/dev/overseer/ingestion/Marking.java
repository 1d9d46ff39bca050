package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourcePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Moves the watermark of a source that has nothing to say, or at least its position. */
final class Marking {
  private static final int PROBES_WAITING_MAX = 16;
  private static final Duration POSITION_EVERY = Duration.ofSeconds(10);

  private final MarkProbes probes;
  private final EffectiveClock clock;
  private final SourceKnowledge knowledge;
  private final TransactionAppender appender;
  private final Counters counters;
  private final BlockingQueue<Probe> readings = new ArrayBlockingQueue<>(PROBES_WAITING_MAX);
  private Instant recordedAt = Instant.MIN;

  Marking(
      Duration commitSlack,
      EffectiveClock clock,
      SourceKnowledge knowledge,
      TransactionAppender appender,
      Counters counters) {
    this.probes = new MarkProbes(commitSlack.toNanos() / 1000);
    this.clock = clock;
    this.knowledge = knowledge;
    this.appender = appender;
    this.counters = counters;
  }

  /** From any thread; drops the oldest of too many. */
  void probed(Probe probe) {
    while (!readings.offer(probe)) {
      readings.poll();
    }
  }

  /** Whether anything was learnt from them. */
  boolean takeReadings() {
    boolean isNew = false;
    for (Probe probe = readings.poll(); probe != null; probe = readings.poll()) {
      if (!knowledge.isOf(probe.incarnation())) {
        continue;
      }
      if (clock.isSetBack(probe.sourceMicros())) {
        counters.setBack++;
      }
      if (clock.believe(probe.sourceMicros())) {
        probes.add(probe);
        isNew = true;
      } else {
        counters.jumps++;
      }
    }
    return isNew;
  }

  /** The source's positions mean something else now. */
  void forgetReadings() {
    probes.clear();
  }

  /** Whether a reading is of use only once this position is a later one. */
  boolean awaits(SourcePosition position) {
    return probes.awaits(position);
  }

  /**
   * @param vouched up to where nothing was kept away from us
   */
  boolean mark(SourceStream stream, SourcePosition vouched, Instant now) {
    SourcePosition passed = appender.passed().orElseThrow();
    OptionalLong proven = probes.proven(Positions.earlier(passed, vouched));
    Optional<EffectiveTime> mark =
        proven.isPresent() ? clock.mark(proven.getAsLong()) : Optional.empty();
    if (mark.isEmpty() && !mustRecord(passed, stream, now)) {
      return false;
    }
    appender.appendMark(mark.orElse(clock.watermark()), passed);
    recordedAt = now;
    return true;
  }

  /**
   * Only what our log names is ever confirmed. So where the source waits for a confirmation (to
   * shut down, say), or keeps its log only for want of one, a mark repeats the watermark with a
   * later position.
   */
  private boolean mustRecord(SourcePosition passed, SourceStream stream, Instant now) {
    SourcePosition recorded = knowledge.resume().orElseThrow();
    return Positions.compare(passed, recorded) > 0
        && (stream.awaitsConfirmation() || recordedAt.plus(POSITION_EVERY).isBefore(now));
  }
}
