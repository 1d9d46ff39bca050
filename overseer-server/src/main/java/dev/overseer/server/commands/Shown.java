package dev.overseer.server.commands;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How values look in tables. */
final class Shown {
  private static final int ID_LENGTH = 8;

  private Shown() {}

  /** Enough of an id to give it to a command. */
  static String id(String id) {
    return id.substring(0, Math.min(ID_LENGTH, id.length()));
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String time(Optional<Instant> time) {
    return time.map(Shown::time).orElse("-");
  }

  /** {@code 350 ms}, {@code 1.5 s}, {@code 3 min}, {@code 5 h}. */
  static String span(Optional<Long> millis) {
    return millis.map(Shown::span).orElse("-");
  }

  private static String span(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    } else if (millis < 60_000) {
      return "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
    }
    return millis < 3_600_000 ? millis / 60_000 + " min" : millis / 3_600_000 + " h";
  }
}
