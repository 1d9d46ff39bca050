package dev.overseer.views.binding;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as they are written: an interval of Postgres ({@code 1 day 02:03:04.5}), ISO 8601
 * ({@code PT1H}), or as protobuf writes them in JSON ({@code 3.5s}). A day is 24 hours; months and
 * years have no one length.
 */
final class Durations {
  private static final Pattern INTERVAL =
      Pattern.compile(
          "(?:([+-]?\\d{1,9}) days?)?(?:"
              + " ?([+-]?)(\\d{1,10}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?)?");
  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,9})?s");
  private static final int NANO_DIGITS = 9;

  private Durations() {}

  /** Fails with an {@link IllegalArgumentException} that says why. */
  static Duration read(String text) {
    if (text.startsWith("P") || text.startsWith("-P") || SECONDS.matcher(text).matches()) {
      return iso(text);
    }
    Matcher interval = INTERVAL.matcher(text);
    if (text.isEmpty() || !interval.matches()) {
      throw new IllegalArgumentException(
          text.contains("mon") || text.contains("year")
              ? "months and years have no one length"
              : "it is no interval, as '1 day 02:03:04.5', and no duration of ISO 8601");
    }
    Duration days = Duration.ofDays(interval.group(1) == null ? 0 : number(interval.group(1)));
    return interval.group(3) == null ? days : days.plus(clock(interval));
  }

  private static Duration iso(String text) {
    String iso = text.endsWith("s") ? "PT" + text : text;
    try {
      return Duration.parse(iso);
    } catch (java.time.DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "it is no duration of ISO 8601 in days, hours, minutes and seconds", e);
    }
  }

  private static Duration clock(Matcher interval) {
    String fraction = interval.group(6) == null ? "" : interval.group(6);
    Duration length =
        Duration.ofHours(number(interval.group(3)))
            .plusMinutes(number(interval.group(4)))
            .plusSeconds(number(interval.group(5)))
            .plusNanos(number(fraction + "0".repeat(NANO_DIGITS - fraction.length())));
    return interval.group(2).equals("-") ? length.negated() : length;
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }
}
