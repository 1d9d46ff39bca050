package dev.overseer.views;

import dev.overseer.model.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** When a column says that its row is of. What is written without a zone is of the window's. */
final class ColumnTimes {
  private static final int DATE_LENGTH = "2026-01-31".length();

  private ColumnTimes() {}

  static Told<Instant> read(Value value, String column, ZoneId zone) {
    return switch (value) {
      case Value.Null _ -> new Told.Nothing<>();
      case Value.Unknown(String reason) ->
          new Told.Untold<>("column '" + column + "' is unknown: " + reason);
      case Value.Time(Instant time) -> new Told.Known<>(time);
      case Value.Text(String text) -> read(text, column, zone);
      case Value.Bool _, Value.Number _, Value.Bytes _, Value.Items _, Value.Document _ ->
          noTime(column);
    };
  }

  private static Told<Instant> read(String text, String column, ZoneId zone) {
    try {
      return new Told.Known<>(
          text.length() == DATE_LENGTH
              ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
              : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant());
    } catch (DateTimeException noTime) {
      return noTime(column);
    }
  }

  private static Told<Instant> noTime(String column) {
    return new Told.Untold<>("column '" + column + "' holds no time of the calendar");
  }
}
