package dev.overseer.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;

/** How long a window is, by the calendar of a zone: a day may have 23 hours, or 25. */
public enum WindowUnit {
  HOUR,
  DAY,
  WEEK,
  MONTH,
  YEAR;

  /** The one window of this unit that contains {@code time}. */
  public TimeWindow containing(Instant time, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    return switch (this) {
      case HOUR -> hour(local);
      case DAY -> dates(local.toLocalDate(), zone, date -> date.plusDays(1));
      case WEEK -> dates(monday(local), zone, date -> date.plusWeeks(1));
      case MONTH -> dates(local.toLocalDate().withDayOfMonth(1), zone, date -> date.plusMonths(1));
      case YEAR -> dates(local.toLocalDate().withDayOfYear(1), zone, date -> date.plusYears(1));
    };
  }

  private static LocalDate monday(ZonedDateTime local) {
    return local.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static TimeWindow hour(ZonedDateTime local) {
    Instant from = local.truncatedTo(ChronoUnit.HOURS).toInstant();
    return new TimeWindow(from, from.plus(1, ChronoUnit.HOURS));
  }

  private static TimeWindow dates(LocalDate first, ZoneId zone, UnaryOperator<LocalDate> next) {
    return new TimeWindow(
        first.atStartOfDay(zone).toInstant(), next.apply(first).atStartOfDay(zone).toInstant());
  }
}
