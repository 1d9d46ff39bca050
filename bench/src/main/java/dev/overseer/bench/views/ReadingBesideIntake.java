package dev.overseer.bench.views;

import dev.overseer.bench.log.GeneratedUpdates;
import dev.overseer.bench.log.LogUnderTest;
import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Some threads read records of ten updates while 30,000 updates a second come in. */
final class ReadingBesideIntake implements Contender {
  private static final int PER_TRANSACTION = 30;
  private static final long EVERY_NANOS = 1_000_000;
  private static final long NEW_RECORDS_FROM = 1L << 40;
  private static final long NEW_RECORDS = 1_000_000;

  private final Histories histories;
  private final int threads;
  private final int millis;

  ReadingBesideIntake(Histories histories, int threads, int millis) {
    this.histories = histories;
    this.threads = threads;
    this.millis = millis;
  }

  @Override
  public String name() {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  @Override
  public Measurement run() {
    long begun = System.nanoTime();
    long end = begun + millis * 1_000_000L;
    AtomicLong reads = new AtomicLong();
    long taken = 0;
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        Random random = new Random(i);
        readers.execute(() -> readUntil(end, random, reads));
      }
      taken = takeInUntil(begun, end);
    }
    double took = (System.nanoTime() - begun) / 1e9;
    histories.log().awaitQuiet();
    return new Measurement(
        reads.get(), took, List.of(new Figure("updates taken in", taken / took, "/s")));
  }

  private void readUntil(long end, Random random, AtomicLong reads) {
    Histories.History history = histories.of(Kind.TEN_UPDATES);
    long done = 0;
    while (System.nanoTime() < end) {
      histories.read(history, random);
      done++;
    }
    reads.addAndGet(done);
  }

  private long takeInUntil(long begun, long end) {
    GeneratedUpdates updates = new GeneratedUpdates(NEW_RECORDS_FROM, NEW_RECORDS, 1);
    LogUnderTest log = histories.log();
    long transactions = 0;
    while (System.nanoTime() < end) {
      long due = begun + transactions * EVERY_NANOS;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      log.append(updates, transactions * PER_TRANSACTION, PER_TRANSACTION);
      transactions++;
    }
    return transactions * PER_TRANSACTION;
  }
}
