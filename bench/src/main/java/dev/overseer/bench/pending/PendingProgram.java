package dev.overseer.bench.pending;

import dev.overseer.bench.log.Latencies;
import dev.overseer.bench.payouts.Payouts;
import dev.overseer.bench.payouts.PayoutsJourney;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.store.log.LogReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills an agenda and waits to be killed, or goes on from one and judges what comes to be due.
 * Tells each on a line of its own; for {@link PendingCommand}.
 */
final class PendingProgram {
  static final String FILLED = "filled ";
  static final String RUNNING = "running ";
  static final String JUDGED = "judged ";

  private static final String AFTER = " deadlines, after they were due";
  private static final long LOOK_NANOS = 500_000;
  private static final long MARK_EVERY_NANOS = 10_000_000;

  /** Of a run that lasts longer: while the machine compiles, and has read nothing yet. */
  private static final int WARM_UP_SECONDS = 10;

  private PendingProgram() {}

  /**
   * @param words fill or judge, the directory, then the number of payouts, or of seconds
   */
  public static void main(String[] words) {
    Path directory = Path.of(words[1]);
    long number = Long.parseLong(words[2]);
    try (PayoutsJourney journey = journey(directory)) {
      if (words[0].equals("fill")) {
        fill(journey, number);
      } else {
        judge(journey, number);
      }
    }
  }

  private static PayoutsJourney journey(Path directory) {
    return new PayoutsJourney(directory, Deadlines.check(), EffectiveTime.MIN);
  }

  private static void fill(PayoutsJourney journey, long payouts) {
    long begun = System.nanoTime();
    journey.begin();
    for (long i = 0; i < payouts / Payouts.PER_TRANSACTION; i++) {
      journey.appendPayouts(i, Deadlines.time(i));
    }
    while (!journey.isCaughtUp() || journey.coverage().notYetDue() < payouts) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    tell("%s%d in %.1f s", FILLED, payouts, seconds(begun));
    LockSupport.park();
  }

  private static void judge(PayoutsJourney journey, long seconds) {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    tell(
        "%s%d ms after the start of its machine, %d pending",
        RUNNING, System.currentTimeMillis() - started, journey.coverage().notYetDue());
    int deadlinesMax = (int) (seconds * 2 * Payouts.PER_TRANSACTION * 20);
    Latencies early = new Latencies(deadlinesMax);
    Latencies latencies = new Latencies(deadlinesMax);
    EffectiveTime firstDue = Deadlines.time(0).plus(Deadlines.WITHIN);
    try (LogReader<JournalEntry> decided = journey.newEntries()) {
      long begun = System.nanoTime();
      long nextMark = begun;
      while (seconds(begun) < seconds) {
        long now = System.nanoTime();
        if (now >= nextMark) {
          journey.mark(firstDue.plus(Duration.ofNanos(now - begun)));
          nextMark += MARK_EVERY_NANOS;
        }
        while (decided.next()) {
          long read = System.nanoTime();
          Latencies of =
              seconds(begun) < WARM_UP_SECONDS && seconds > WARM_UP_SECONDS ? early : latencies;
          decided
              .record()
              .wholeVerdicts()
              .forEach(it -> of.add(read - begun - nanos(it.cut(), firstDue)));
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    tell("%s%s; %s in the first seconds", JUDGED, latencies.told(AFTER), early.told(AFTER));
  }

  private static long nanos(EffectiveTime cut, EffectiveTime firstDue) {
    return (cut.micros() - firstDue.micros()) * 1000;
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void tell(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
