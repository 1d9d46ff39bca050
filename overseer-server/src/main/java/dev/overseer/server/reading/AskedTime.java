package dev.overseer.server.reading;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** As of when something is asked for. */
sealed interface AskedTime {

  /** Everything that is known. */
  record Latest() implements AskedTime {}

  /** The greatest cut that every source of the reading was heard beyond. */
  record Covered() implements AskedTime {}

  record At(EffectiveTime cut) implements AskedTime {}

  /** The effective time of a source's last transaction at or before a position of its own. */
  record AtPosition(String text) implements AskedTime {}

  /** Fails with {@link InvalidRequest} when the question's words mean no time. */
  static AskedTime of(Question question) {
    String text = question.asOf().orElse("latest").strip();
    return switch (text) {
      case "latest" -> new Latest();
      case "covered" -> new Covered();
      default -> AskedPosition.isPosition(text) ? new AtPosition(text) : new At(time(text));
    };
  }

  private static EffectiveTime time(String text) {
    try {
      return EffectiveTime.of(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidRequest(
          "'%s' is no time: say 2026-01-31T08:00:00Z, 2026-01-31 for its beginning in UTC, ledger@16/B374D848 for a position of a source, latest, or covered"
              .formatted(text),
          e);
    }
  }

  /**
   * The offset before which a reading is to know; empty for everything.
   *
   * @param end how far the log can be read
   */
  static Optional<LogOffset> knownAt(Question question, LogOffset end) {
    return question.knownAt().map(text -> offset(text.strip(), end));
  }

  private static LogOffset offset(String text, LogOffset end) {
    try {
      long offset = Long.parseLong(text);
      if (offset >= 0 && offset <= end.value()) {
        return new LogOffset(offset);
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like a number that is no offset.
    }
    throw new InvalidRequest(
        "'%s' is no offset to be known at: say a whole number from 0 to %s, where the log ends; overseer log cat shows offsets"
            .formatted(text, end));
  }
}
