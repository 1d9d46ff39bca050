package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord.TimeBasis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A source's monotonic time. A transaction's effective time is the greatest of its commit time plus
 * the source's offset, that of the transaction before it, and the last mark. No I/O; one thread.
 *
 * <p>A time that is more than {@code jumpMax} ahead of both our clock and the source's own clock
 * (as last believed, and moved on by what has passed on ours since) is not believed, be it a commit
 * time or a probed one: one bad second would else hold the source's time in the future until the
 * world catches up. Where the first reading of a clock is far ahead of ours it is believed, for
 * there is nothing to doubt it by.
 */
final class EffectiveClock {
  private final long offsetMicros;
  private final long jumpMaxMicros;
  private final InstantSource ours;
  private EffectiveTime watermark;
  private EffectiveTime mark;
  private boolean probed;

  /** The last believed reading, with the offset in it, and what our clock showed then. */
  private long probedMicros;

  private long probedAtMicros;

  /** A transaction's effective time, and how it came by it. */
  record Stamp(EffectiveTime time, TimeBasis basis) {}

  EffectiveClock(
      Duration offset,
      Duration jumpMax,
      InstantSource ours,
      EffectiveTime watermark,
      EffectiveTime mark) {
    this.offsetMicros = micros(offset);
    this.jumpMaxMicros = micros(jumpMax);
    this.ours = ours;
    this.watermark = watermark.max(mark);
    this.mark = mark;
  }

  /** The effective time of the last transaction or mark, whichever is later. */
  EffectiveTime watermark() {
    return watermark;
  }

  /** Gives the next transaction its effective time. */
  Stamp stamp(long commitMicros) {
    long candidate = commitMicros + offsetMicros;
    TimeBasis basis = basis(candidate);
    watermark =
        switch (basis) {
          case COMMIT_TIME -> new EffectiveTime(candidate);
          case PREDECESSOR, MARK -> watermark;
          case JUMP ->
              watermark.equals(EffectiveTime.MIN) ? new EffectiveTime(oursMicros()) : watermark;
        };
    return new Stamp(watermark, basis);
  }

  /**
   * The time at which existing rows take effect: the watermark, for whatever they show was received
   * by then. Only where there is none yet do they begin it.
   */
  Stamp stampRows(long sourceMicros) {
    return watermark.equals(EffectiveTime.MIN)
        ? stamp(sourceMicros)
        : new Stamp(watermark, TimeBasis.PREDECESSOR);
  }

  private TimeBasis basis(long candidate) {
    if (candidate < mark.micros()) {
      return TimeBasis.MARK;
    }
    if (candidate < watermark.micros()) {
      return TimeBasis.PREDECESSOR;
    }
    return isJump(candidate) ? TimeBasis.JUMP : TimeBasis.COMMIT_TIME;
  }

  /**
   * Takes notice of the source's clock.
   *
   * @return false when it is not believed: no mark may then be derived from the reading
   */
  boolean believe(long sourceMicros) {
    long reading = sourceMicros + offsetMicros;
    if (probed && isJump(reading)) {
      return false;
    }
    probed = true;
    probedMicros = reading;
    probedAtMicros = oursMicros();
    return true;
  }

  /**
   * Whether the source's clock was set back: it shows less, by more than a jump, than what it has
   * stamped or proven. The watermark stands still then until the clock has come by it again.
   */
  boolean isSetBack(long sourceMicros) {
    return !watermark.equals(EffectiveTime.MIN)
        && watermark.micros() - (sourceMicros + offsetMicros) > jumpMaxMicros;
  }

  /**
   * The mark that says that nothing committed before {@code sourceMicros} will come any more; empty
   * when the watermark is there already. The caller must append it before anything else.
   */
  Optional<EffectiveTime> mark(long sourceMicros) {
    EffectiveTime next = new EffectiveTime(sourceMicros + offsetMicros);
    if (!next.isAfter(watermark)) {
      return Optional.empty();
    }
    mark = next;
    watermark = next;
    return Optional.of(next);
  }

  private boolean isJump(long candidate) {
    long now = oursMicros();
    return candidate - now > jumpMaxMicros
        && (!probed || candidate - (probedMicros + (now - probedAtMicros)) > jumpMaxMicros);
  }

  private long oursMicros() {
    return EffectiveTime.of(ours.instant()).micros();
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
