package dev.overseer.formats.pgoutput;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code timestamptz} in Postgres's ISO style: {@code 2026-01-02 03:04:05.123456+05:30}. Years may
 * have more than four digits or end in {@code BC}; offsets of old local times have seconds.
 */
final class TimestampText {
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4,6})-(\\d\\d)-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?"
              + "([+-])(\\d\\d)(?::(\\d\\d))?(?::(\\d\\d))?( BC)?");

  private TimestampText() {}

  /** Empty when the text is anything else: {@code infinity}, another date style. */
  static Optional<Instant> read(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(local(matcher).toInstant(offset(matcher)));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static LocalDateTime local(Matcher matcher) {
    int year = number(matcher, 1);
    return LocalDateTime.of(
        matcher.start(12) < 0 ? year : 1 - year, // there is no year 0 before 1 AD, but in ISO
        number(matcher, 2),
        number(matcher, 3),
        number(matcher, 4),
        number(matcher, 5),
        number(matcher, 6),
        nanos(matcher));
  }

  private static ZoneOffset offset(Matcher matcher) {
    int seconds = number(matcher, 9) * 3600 + number(matcher, 10) * 60 + number(matcher, 11);
    boolean west = matcher.start(8) >= 0 && "-".equals(matcher.group(8));
    return ZoneOffset.ofTotalSeconds(west ? -seconds : seconds);
  }

  private static int nanos(Matcher matcher) {
    int digits = matcher.end(7) - matcher.start(7);
    int value = number(matcher, 7);
    for (int i = digits; i < 9; i++) {
      value *= 10;
    }
    return value;
  }

  private static int number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
