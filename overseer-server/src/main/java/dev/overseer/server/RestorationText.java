package dev.overseer.server;

import dev.overseer.server.sources.ProgressText;
import java.util.Locale;

/** How far a log has come back from its archive, as one line with a bar. */
final class RestorationText {
  private static final double NANOS_PER_SECOND = 1e9;

  private RestorationText() {}

  /**
   * {@code Brings the log 'updates' back from its archive [####................] 12,288 of 61,440
   * KB, 20,480 KB/s, 3 s left}.
   */
  static String of(String name, long bytes, long ofBytes, long nanos) {
    double rate = bytes / (Math.max(1, nanos) / NANOS_PER_SECOND);
    return String.format(
        Locale.ROOT,
        "Brings the log '%s' back from its archive %s %,d of %,d KB, %,.0f KB/s, %,.0f s left",
        name,
        ProgressText.bar(bytes, ofBytes),
        bytes >> 10,
        ofBytes >> 10,
        rate / 1024,
        (ofBytes - bytes) / rate);
  }
}
