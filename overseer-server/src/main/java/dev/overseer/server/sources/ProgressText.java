package dev.overseer.server.sources;

import dev.overseer.ingestion.ReadingProgress;
import java.time.Duration;
import java.util.Locale;

/** How far the reading of existing rows has come, as one line with a bar. */
public final class ProgressText {
  private static final int WIDTH = 20;

  private ProgressText() {}

  /**
   * {@code public.entries [#########...........] 1,200,000 of about 2,700,000 rows, 3 min left}.
   */
  public static String of(ReadingProgress reading) {
    String rows =
        reading
            .rowsEstimated()
            .map(
                all ->
                    String.format(
                        Locale.ROOT,
                        "%s %,d of about %,d rows",
                        bar(reading.rows(), all),
                        reading.rows(),
                        all))
            .orElseGet(() -> String.format(Locale.ROOT, "%,d rows", reading.rows()));
    return "reads %s %s%s%s%s"
        .formatted(
            reading.table(),
            rows,
            reading.left().map(left -> ", " + span(left) + " left").orElse(""),
            reading.tablesLeft() > 1
                ? ", %d more tables after it".formatted(reading.tablesLeft() - 1)
                : "",
            reading.hindrance().map(why -> " (waits: " + why + ")").orElse(""));
  }

  /** A bar that is as full as the work is done. */
  public static String bar(long done, long all) {
    int full = all == 0 ? WIDTH : (int) Math.min(WIDTH, done * WIDTH / all);
    return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
  }

  private static String span(Duration left) {
    return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }
}
