package dev.overseer.bench.sweep;

import dev.overseer.bench.log.Latencies;
import dev.overseer.bench.payouts.Payouts;
import dev.overseer.bench.payouts.PayoutsJourney;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.journal.SweepTally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Fills a log with payouts and their receipts, has a check of them come in force after that, and
 * sweeps it while other payouts come, and waits to be killed. Tells each on a line of its own; for
 * {@link SweepCommand}.
 */
final class SweepProgram {
  static final String FILLED = "filled ";
  static final String BEFORE = "judged before the sweep ";
  static final String COUNTED = "counted ";
  static final String SWEPT = "swept ";
  static final String MEANWHILE = "judged meanwhile ";

  private static final Duration EVERY = Duration.ofMillis(50);
  private static final String AFTER = ", after their cut";
  private static final long LOOK_NANOS = 500_000;

  /** An hour of what comes meanwhile. */
  private static final int TIMED_MAX = 4_000_000;

  private final PayoutsJourney journey;
  private final CheckName check;
  private final long transactions;
  private double countedAfter;

  private SweepProgram(PayoutsJourney journey, CheckName check, long transactions) {
    this.journey = journey;
    this.check = check;
    this.transactions = transactions;
  }

  /**
   * @param words the directory, the number of payouts, and for how many milliseconds judgements are
   *     timed before the sweep
   */
  public static void main(String[] words) {
    CheckDefinition<?> receipts = Receipts.check();
    long transactions = Long.parseLong(words[1]) / Payouts.PER_TRANSACTION;
    EffectiveTime from = time(transactions);
    try (PayoutsJourney journey = new PayoutsJourney(Path.of(words[0]), receipts, from)) {
      SweepProgram program = new SweepProgram(journey, receipts.name(), transactions);
      program.fill();
      program.sweep(from, Long.parseLong(words[2]));
      LockSupport.park();
    }
  }

  private static EffectiveTime time(long transaction) {
    return Payouts.FIRST.plus(EVERY.multipliedBy(transaction));
  }

  private void fill() {
    long begun = System.nanoTime();
    journey.begin();
    for (long i = 0; i < transactions; i++) {
      journey.appendPayouts(i, time(i));
      journey.appendReceipts(i, time(i));
    }
    while (!journey.isCaughtUp()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    tell("%s%d payouts in %.1f s", FILLED, transactions * Payouts.PER_TRANSACTION, since(begun));
  }

  private void sweep(EffectiveTime from, long millisBefore) {
    Latencies before = new Latencies(TIMED_MAX);
    Latencies meanwhile = new Latencies(TIMED_MAX);
    try (LiveTraffic traffic = new LiveTraffic(journey, from, transactions)) {
      traffic.runWhile(until(millisBefore), new Latencies(TIMED_MAX));
      traffic.runWhile(until(millisBefore), before);
      tell("%s%s", BEFORE, before.told(AFTER));
      long begun = System.nanoTime();
      journey.sweep();
      traffic.runWhile(() -> isSwept(begun), meanwhile);
      double seconds = since(begun);
      SweepTally tally = journey.sweeps().findEnded(check).orElseThrow().tally();
      tell("%s%d records after %.1f s", COUNTED, tally.lookedAt(), countedAfter);
      tell(
          "%s%d records and %d roots, of which %d failed, in %.1f s: %.0f and %.0f a second",
          SWEPT,
          tally.lookedAt(),
          tally.triggered(),
          tally.failed(),
          seconds,
          tally.lookedAt() / seconds,
          tally.triggered() / seconds);
      tell("%s%s", MEANWHILE, meanwhile.told(AFTER));
    }
  }

  private static BooleanSupplier until(long millis) {
    long begun = System.nanoTime();
    return () -> since(begun) * 1000 < millis;
  }

  /** Whether it goes on. */
  private boolean isSwept(long begun) {
    if (countedAfter == 0 && journey.sweeps().standing(check).isCounted()) {
      countedAfter = since(begun);
    }
    return journey.sweeps().find(check).isPresent();
  }

  private static double since(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void tell(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
