package dev.overseer.bench.views;

import dev.overseer.bench.log.Latencies;
import java.util.Random;
import java.util.function.Consumer;

/** Reads one after the other, the same of every contender. */
record TimedReads(Latencies latencies, double seconds) {
  private static final long SEED = 7;

  /**
   * @param read draws what it reads
   */
  static TimedReads of(int reads, Consumer<Random> read) {
    Latencies latencies = new Latencies(reads);
    Random random = new Random(SEED);
    long begun = System.nanoTime();
    for (int i = 0; i < reads; i++) {
      long asked = System.nanoTime();
      read.accept(random);
      latencies.add(System.nanoTime() - asked);
    }
    return new TimedReads(latencies, (System.nanoTime() - begun) / 1e9);
  }
}
