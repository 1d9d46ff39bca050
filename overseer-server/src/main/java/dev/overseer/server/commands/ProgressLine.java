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
  private final String unit;
  private final boolean seen;
  private long begun = System.nanoTime();
  private long begunOf;
  private long shown = begun;
  private boolean isShown;

  /**
   * @param all how much there is to do; 0 when nobody knows
   * @param unit in which that is counted: {@code records}
   */
  ProgressLine(PrintWriter err, long all, String unit) {
    this.err = err;
    this.all = all;
    this.begunOf = all;
    this.unit = unit;
    this.seen = isSeen();
  }

  /** Whether there is a terminal, and so somebody who may be watching it. */
  static boolean isSeen() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public void accept(long done) {
    show(done, all);
  }

  /** The same of one work after another: another {@code of} is another work. */
  void show(long done, long of) {
    long now = seen ? System.nanoTime() : shown;
    if (of != begunOf) {
      begun = shown;
      begunOf = of;
    }
    if (now - shown >= NANOS_BETWEEN) {
      shown = now;
      isShown = true;
      err.print(ERASE + text(done, of, unit, (now - begun) / NANOS_PER_SECOND));
      err.flush();
    }
  }

  /** {@code [#####...............] 1,200,000 of 4,800,000 records, 60,000/s, 60 s left}. */
  static String text(long done, long all, String unit, double seconds) {
    double rate = done / seconds;
    return all == 0
        ? String.format(Locale.ROOT, "%,d %s, %,.0f/s", done, unit, rate)
        : String.format(
            Locale.ROOT,
            "%s %,d of %,d %s, %,.0f/s, %,.0f s left",
            ProgressText.bar(done, all),
            done,
            all,
            unit,
            rate,
            (all - done) / rate);
  }

  @Override
  public void close() {
    if (isShown) {
      err.print(ERASE);
      err.flush();
    }
  }
}
