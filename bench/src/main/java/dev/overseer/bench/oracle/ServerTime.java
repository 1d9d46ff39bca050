package dev.overseer.bench.oracle;

import static java.time.temporal.ChronoField.ERA;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.YEAR_OF_ERA;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;

/** A {@code timestamptz} as the server writes it in UTC. */
final class ServerTime {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .appendValue(YEAR_OF_ERA, 4, 10, SignStyle.NOT_NEGATIVE)
          .appendPattern("-MM-dd HH:mm:ss")
          .appendFraction(NANO_OF_SECOND, 0, 6, true)
          .appendLiteral("+00")
          .toFormatter();

  private ServerTime() {}

  static String text(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    return FORM.format(time) + (time.get(ERA) == 0 ? " BC" : "");
  }
}
