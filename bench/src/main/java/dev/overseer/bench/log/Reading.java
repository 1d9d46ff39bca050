package dev.overseer.bench.log;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.model.RecordKey;
import java.util.List;
import java.util.Random;

/**
 * Reads records of ten updates, all of which are in the caches of the log and the index: where its
 * updates are, and each of them. Keys are uniform.
 */
final class Reading implements Contender {
  static final String NAME = "overseer reading";
  static final String P99 = "read, p99";

  private static final long CACHE_BYTES = 192 << 20;
  private static final int RECORDS = 16_000;
  private static final int PER_TRANSACTION = 100;

  private final int reads;

  Reading(int reads) {
    this.reads = reads;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement run() {
    long count = (long) RECORDS * GeneratedUpdates.PER_RECORD;
    GeneratedUpdates updates = new GeneratedUpdates(count);
    try (LogUnderTest log = new LogUnderTest(CACHE_BYTES, _ -> {})) {
      for (long from = 0; from < count; from += PER_TRANSACTION) {
        log.append(updates, from, PER_TRANSACTION);
      }
      log.awaitQuiet();
      readAll(log, updates);
      Latencies latencies = new Latencies(reads);
      Random random = new Random(3);
      long begun = System.nanoTime();
      for (int i = 0; i < reads; i++) {
        read(log, updates.record(random.nextInt(RECORDS)), latencies);
      }
      return new Measurement(
          reads,
          OverseerContender.seconds(begun),
          List.of(
              new Figure("read, median", latencies.micros(0.5), "us"),
              new Figure(P99, latencies.micros(0.99), "us"),
              new Figure("read, p99.9", latencies.micros(0.999), "us")));
    }
  }

  private static void readAll(LogUnderTest log, GeneratedUpdates updates) {
    Latencies warm = new Latencies(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      read(log, updates.record(i), warm);
    }
  }

  /** Reads one record, which must be whole. */
  static void read(LogUnderTest log, RecordKey record, Latencies latencies) {
    long begun = System.nanoTime();
    long bytes = log.read(record);
    latencies.add(System.nanoTime() - begun);
    if (bytes != GeneratedUpdates.PER_RECORD * GeneratedUpdates.BYTES) {
      throw new IllegalStateException("%s has %d bytes".formatted(record, bytes));
    }
  }
}
