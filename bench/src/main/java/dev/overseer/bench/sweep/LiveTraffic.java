package dev.overseer.bench.sweep;

import dev.overseer.bench.log.Latencies;
import dev.overseer.bench.payouts.PayoutsJourney;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.store.log.LogReader;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A thousand payouts a second in real time, and their receipts just after them; when there are
 * enough of them, as many updates of theirs. Tells how long their judgements take, from the cut
 * until they are durable in the journal.
 */
final class LiveTraffic implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final long NEW_TRANSACTIONS = 500;
  private static final Duration RECEIPTS_LATER = Duration.ofMillis(25);
  private static final long MARK_EVERY_NANOS = 10_000_000;
  private static final long LOOK_NANOS = 500_000;

  private final PayoutsJourney journey;
  private final EffectiveTime origin;
  private final long firstTransaction;
  private final LogReader<JournalEntry> decided;
  private final long begun = System.nanoTime();
  private long payouts;
  private long receipts;
  private long nextMark;

  /**
   * @param origin the time at which it begins
   * @param firstTransaction of payouts that were not there before
   */
  LiveTraffic(PayoutsJourney journey, EffectiveTime origin, long firstTransaction) {
    this.journey = journey;
    this.origin = origin;
    this.firstTransaction = firstTransaction;
    this.decided = journey.newEntries();
  }

  /** Goes on for as long as that, and adds the judgements of this time. */
  void runWhile(BooleanSupplier goesOn, Latencies latencies) {
    while (goesOn.getAsBoolean()) {
      append(System.nanoTime() - begun);
      while (decided.next()) {
        long read = System.nanoTime() - begun;
        decided
            .record()
            .wholeVerdicts()
            .filter(this::isOfTraffic)
            .forEach(verdict -> latencies.add(read - nanos(verdict.cut())));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void append(long now) {
    while (EVERY.toNanos() * payouts <= now) {
      long transaction = firstTransaction + payouts % NEW_TRANSACTIONS;
      if (payouts < NEW_TRANSACTIONS) {
        journey.appendPayouts(transaction, time(payouts));
      } else {
        journey.updatePayouts(transaction, time(payouts));
      }
      payouts++;
    }
    while (receipts < NEW_TRANSACTIONS
        && EVERY.toNanos() * receipts + RECEIPTS_LATER.toNanos() <= now) {
      journey.appendReceipts(firstTransaction + receipts, time(receipts).plus(RECEIPTS_LATER));
      receipts++;
    }
    if (now >= nextMark) {
      journey.mark(origin.plus(Duration.ofNanos(now)));
      nextMark = now + MARK_EVERY_NANOS;
    }
  }

  private EffectiveTime time(long transaction) {
    return origin.plus(EVERY.multipliedBy(transaction));
  }

  /** What a sweep triggers comes just after a mark, and hardly ever at a transaction's time. */
  private boolean isOfTraffic(Verdict verdict) {
    return nanos(verdict.trigger()) % RECEIPTS_LATER.toNanos() == 0;
  }

  private long nanos(EffectiveTime time) {
    return (time.micros() - origin.micros()) * 1000;
  }

  @Override
  public void close() {
    decided.close();
  }
}
