package dev.overseer.runner.sweep;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * When one activation's sweeps triggered something: every time, in order, as a plain array, for a
 * long sweep has hundreds of thousands; and where in the journal to begin to read of them, about
 * once a minute.
 */
final class SweepTriggers {
  private static final long MINUTE_MICROS = 60_000_000;

  private final TreeMap<EffectiveTime, LogOffset> places = new TreeMap<>();
  private long[] times = new long[16];
  private int count;

  /** Not before any that was added. */
  void add(EffectiveTime trigger, LogOffset entry) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
    }
    times[count++] = trigger.micros();
    if (places.isEmpty() || trigger.micros() - places.lastKey().micros() >= MINUTE_MICROS) {
      places.put(trigger, entry);
    }
  }

  boolean contains(EffectiveTime trigger) {
    return Arrays.binarySearch(times, 0, count, trigger.micros()) >= 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  EffectiveTime last() {
    return count == 0 ? EffectiveTime.MIN : new EffectiveTime(times[count - 1]);
  }

  /** An entry before which there is none at {@code from} or later; only where there is any. */
  LogOffset readFrom(EffectiveTime from) {
    Map.Entry<EffectiveTime, LogOffset> before = places.lowerEntry(from);
    return before == null ? places.firstEntry().getValue() : before.getValue();
  }
}
