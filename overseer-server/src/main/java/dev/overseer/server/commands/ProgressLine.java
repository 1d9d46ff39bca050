package dev.overseer.server.commands;

import dev.overseer.server.sources.ProgressText;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongConsumer;

/** A bar with rate and estimate for people who wait at a terminal; nothing anywhere else. */
final class ProgressLine implements LongConsumer, AutoCloseable {
  private static final long NANOS_BETWEEN = 200_000_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter err;
  private final long all;
  private final boolean seen;
  private final long start = System.nanoTime();
  private long shown = start;

  /**
   * @param all how many records there are; 0 when nobody knows
   */
  ProgressLine(PrintWriter err, long all) {
    this.err = err;
    this.all = all;
    Console console = System.console();
    this.seen = console != null && console.isTerminal();
  }

  @Override
  public void accept(long done) {
    long now = seen ? System.nanoTime() : shown;
    if (now - shown >= NANOS_BETWEEN) {
      shown = now;
      err.print(ERASE + text(done, all, (now - start) / NANOS_PER_SECOND));
      err.flush();
    }
  }

  /** {@code [#####...............] 1,200,000 of 4,800,000 records, 60,000/s, 60 s left}. */
  static String text(long done, long all, double seconds) {
    double rate = done / seconds;
    return all == 0
        ? String.format(Locale.ROOT, "%,d records, %,.0f/s", done, rate)
        : String.format(
            Locale.ROOT,
            "%s %,d of %,d records, %,.0f/s, %,.0f s left",
            ProgressText.bar(done, all),
            done,
            all,
            rate,
            (all - done) / rate);
  }

  @Override
  public void close() {
    if (shown != start) {
      err.print(ERASE);
      err.flush();
    }
  }
}
