package dev.overseer.bench.log;

import java.util.Arrays;
import java.util.Locale;

/** How long things took, every one of them. Written by one thread. */
public final class Latencies {
  private final long[] nanos;
  private int count;

  public Latencies(int max) {
    this.nanos = new long[max];
  }

  public void add(long duration) {
    nanos[count++] = duration;
  }

  public int count() {
    return count;
  }

  /** What the given share of them stayed within. */
  public double micros(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1, Math.ceil(share * count) - 1)] / 1e3;
  }

  /**
   * How many there are and how long they took, for people.
   *
   * @param what follows the number: of what they are, and from when on
   */
  public String told(String what) {
    return count == 0
        ? "none"
        : String.format(
            Locale.ROOT,
            "%d%s: median %.1f ms, p99 %.1f ms, greatest %.1f ms",
            count,
            what,
            micros(0.5) / 1e3,
            micros(0.99) / 1e3,
            micros(1) / 1e3);
  }
}
