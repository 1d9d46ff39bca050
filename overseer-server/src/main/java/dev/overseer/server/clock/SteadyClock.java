package dev.overseer.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The system's clock, which never goes back here: whatever waits for a time, or measures one, goes
 * on while the system's is set back. After a little step back it stands still until the system's
 * has caught up; after a larger one it runs on by itself, ahead of the system's, which a {@link
 * ClockWatch} notices. Safe for many threads.
 */
public final class SteadyClock implements InstantSource {
  /** Time services correct as much as this without anybody having to know. */
  static final Duration STANDSTILL_MAX = Duration.ofSeconds(1);

  private final InstantSource system;
  private final LongSupplier nanos;
  private Instant shown;
  private long shownAtNanos;
  private Duration ahead = Duration.ZERO;

  public SteadyClock(InstantSource system, LongSupplier nanos) {
    this.system = system;
    this.nanos = nanos;
    this.shown = system.instant();
    this.shownAtNanos = nanos.getAsLong();
  }

  public static SteadyClock ofSystem() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public synchronized Instant instant() {
    Instant now = system.instant();
    long nowNanos = nanos.getAsLong();
    Instant onItsOwn = shown.plusNanos(nowNanos - shownAtNanos);
    if (!now.isBefore(shown)) {
      shown = now;
      ahead = Duration.ZERO;
    } else if (ahead.isPositive() || isSetBack(now)) {
      shown = onItsOwn;
      ahead = Duration.between(now, onItsOwn);
    }
    shownAtNanos = nowNanos;
    return shown;
  }

  private boolean isSetBack(Instant now) {
    return Duration.between(now, shown).compareTo(STANDSTILL_MAX) > 0;
  }

  /** How far the system's clock was set back, and is behind this one since; zero when it is not. */
  synchronized Duration ahead() {
    instant();
    return ahead;
  }
}
