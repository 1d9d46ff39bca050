package dev.overseer.bench.log;

import java.util.Arrays;

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
}
