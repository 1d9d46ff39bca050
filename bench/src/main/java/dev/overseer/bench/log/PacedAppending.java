package dev.overseer.bench.log;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends 30,000 updates a second, a transaction of thirty each millisecond, while they are
 * indexed. A transaction's latency runs from when it was due to when it is durable.
 */
final class PacedAppending implements Contender {
  static final String NAME = "overseer paced";
  static final String P99 = "append, p99";

  private static final long CACHE_BYTES = 48 << 20;
  private static final int PER_TRANSACTION = 30;
  private static final long EVERY_NANOS = 1_000_000;

  private final int transactions;
  private final long[] due;
  private final long[] commits;
  private volatile int appended;
  private int durable;
  private Latencies latencies = new Latencies(0);

  PacedAppending(int seconds) {
    this.transactions = seconds * 1000;
    this.due = new long[transactions];
    this.commits = new long[transactions];
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement run() {
    appended = 0;
    durable = 0;
    latencies = new Latencies(transactions);
    long count = (long) transactions * PER_TRANSACTION;
    GeneratedUpdates updates = new GeneratedUpdates(count);
    try (LogUnderTest log = new LogUnderTest(CACHE_BYTES, this::durable)) {
      long begun = System.nanoTime();
      for (int i = 0; i < transactions; i++) {
        due[i] = begun + i * EVERY_NANOS;
        await(due[i]);
        commits[i] = log.append(updates, (long) i * PER_TRANSACTION, PER_TRANSACTION);
        appended = i + 1;
      }
      double seconds = OverseerContender.seconds(begun);
      log.awaitQuiet();
      return new Measurement(
          count,
          seconds,
          List.of(
              new Figure("append, median", latencies.micros(0.5) / 1e3, "ms"),
              new Figure(P99, latencies.micros(0.99) / 1e3, "ms"),
              new Figure("append, greatest", latencies.micros(1) / 1e3, "ms"),
              new Figure("transactions told of", latencies.count(), "")));
    }
  }

  private static void await(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  /** On the storing thread. */
  private void durable(long end) {
    long now = System.nanoTime();
    int known = appended;
    while (durable < known && commits[durable] < end) {
      latencies.add(now - due[durable]);
      durable++;
    }
  }
}
