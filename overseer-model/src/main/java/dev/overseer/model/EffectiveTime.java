package dev.overseer.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A point in a source's own monotonic time, in microseconds since the Unix epoch. Every cut, mark
 * and watermark is in effective time; times of different sources are comparable because each
 * source's configured clock offset is already in them.
 */
public record EffectiveTime(long micros) implements Comparable<EffectiveTime> {
  public static final EffectiveTime MIN = new EffectiveTime(Long.MIN_VALUE);
  public static final EffectiveTime MAX = new EffectiveTime(Long.MAX_VALUE);

  public static EffectiveTime of(Instant instant) {
    return new EffectiveTime(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  public Instant toInstant() {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Saturates at {@link #MIN} and {@link #MAX}. */
  public EffectiveTime plus(Duration duration) {
    return new EffectiveTime(saturated(micros, duration.toNanos() / 1000));
  }

  public EffectiveTime minus(Duration duration) {
    return plus(duration.negated());
  }

  /** The greatest time before this one. */
  public EffectiveTime previous() {
    return micros == Long.MIN_VALUE ? this : new EffectiveTime(micros - 1);
  }

  /** The least time after this one. */
  public EffectiveTime next() {
    return micros == Long.MAX_VALUE ? this : new EffectiveTime(micros + 1);
  }

  public boolean isBefore(EffectiveTime other) {
    return micros < other.micros;
  }

  public boolean isAfter(EffectiveTime other) {
    return micros > other.micros;
  }

  public EffectiveTime max(EffectiveTime other) {
    return micros >= other.micros ? this : other;
  }

  public EffectiveTime min(EffectiveTime other) {
    return micros <= other.micros ? this : other;
  }

  @Override
  public int compareTo(EffectiveTime other) {
    return Long.compare(micros, other.micros);
  }

  @Override
  public String toString() {
    if (micros == Long.MIN_VALUE) {
      return "the beginning";
    }
    return micros == Long.MAX_VALUE ? "the end" : toInstant().toString();
  }

  private static long saturated(long a, long b) {
    long sum = a + b;
    if (a == Long.MIN_VALUE || a == Long.MAX_VALUE) {
      return a;
    }
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    return overflow ? (b < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }
}
