package dev.overseer.bench.log;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.util.List;
import java.util.Random;

/** Appends as fast as it is taken; done when all is durable, indexed, and RocksDB at rest. */
final class OverseerContender implements Contender {
  static final String NAME = "overseer";
  static final String INDEX_BYTES = "index bytes an update";

  /** The whole work would be a quarter of the time that a measurement takes. */
  static final int WARM_UP_PART = 10;

  private static final int PER_TRANSACTION = 100;
  private static final long CACHE_BYTES = 48 << 20;

  /** So few, since each may unpack ten blocks. */
  private static final int READS = 1_000;

  private final long whole;
  private volatile int groupUpdates = 1000;

  OverseerContender(long whole) {
    this.whole = whole;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** How many updates shared an fsync in the last run. */
  int groupUpdates() {
    return groupUpdates;
  }

  @Override
  public Measurement warmUp() {
    return run(Math.max(1, whole / WARM_UP_PART));
  }

  @Override
  public Measurement run() {
    return run(whole);
  }

  private Measurement run(long count) {
    GeneratedUpdates updates = new GeneratedUpdates(count);
    try (LogUnderTest log = new LogUnderTest(CACHE_BYTES, _ -> {})) {
      long begun = System.nanoTime();
      for (long from = 0; from < count; from += PER_TRANSACTION) {
        log.append(updates, from, (int) Math.min(PER_TRANSACTION, count - from));
      }
      double appended = seconds(begun);
      log.awaitQuiet();
      double done = seconds(begun);
      groupUpdates = (int) Math.max(1, count / Math.max(1, log.groups()));
      Latencies reads = new Latencies(READS);
      Random random = new Random(2);
      for (int i = 0; i < READS; i++) {
        Reading.read(log, updates.record(random.nextLong(updates.records())), reads);
      }
      double raw = (double) count * GeneratedUpdates.BYTES;
      return new Measurement(
          count,
          done,
          List.of(
              new Figure("until all was appended", appended, "s"),
              new Figure("updates a group", groupUpdates, ""),
              new Figure("log bytes a raw byte", log.logBytes() / raw, ""),
              new Figure(INDEX_BYTES, (double) log.indexBytes() / count, "bytes"),
              new Figure("read of any record, median", reads.micros(0.5), "us"),
              new Figure("read of any record, p99", reads.micros(0.99), "us")));
    }
  }

  static double seconds(long begunNanos) {
    return (System.nanoTime() - begunNanos) / 1e9;
  }
}
