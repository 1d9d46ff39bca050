package dev.overseer.server;

import dev.overseer.server.sources.ProgressText;
import dev.overseer.store.archive.Restoration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells at most once a second, and at the end, how far a log has come back from its archive. */
final class RestorationProgress implements Restoration.Progress {
  private static final double NANOS_PER_SECOND = 1e9;

  private final String log;
  private final LongSupplier nanos;
  private final Consumer<String> lines;
  private final long start;
  private long told;

  /**
   * @param log its name
   */
  RestorationProgress(String log, LongSupplier nanos, Consumer<String> lines) {
    this.log = log;
    this.nanos = nanos;
    this.lines = lines;
    this.start = nanos.getAsLong();
    this.told = start;
  }

  /**
   * {@code Brings the log 'updates' back from its archive [####................] 12,288 of 61,440
   * KB, 20,480 KB/s, 3 s left}.
   */
  @Override
  public void restored(long bytes, long ofBytes) {
    long now = nanos.getAsLong();
    if (bytes < ofBytes && now - told < NANOS_PER_SECOND) {
      return;
    }
    told = now;
    double rate = bytes / (Math.max(1, now - start) / NANOS_PER_SECOND);
    lines.accept(
        String.format(
            Locale.ROOT,
            "Brings the log '%s' back from its archive %s %,d of %,d KB, %,.0f KB/s, %,.0f s left",
            log,
            ProgressText.bar(bytes, ofBytes),
            bytes >> 10,
            ofBytes >> 10,
            rate / 1024,
            (ofBytes - bytes) / rate));
  }
}
