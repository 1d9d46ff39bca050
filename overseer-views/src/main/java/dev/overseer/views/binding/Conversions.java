package dev.overseer.views.binding;

import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.UUID;

/**
 * From values to Java's types, exactly or not at all. Text is accepted for what a source may only
 * write as text: the values of a domain or of a type of its own.
 */
final class Conversions {
  private static final DateTimeFormatter LOCAL_DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private static final int UUID_LENGTH = 36;

  private Conversions() {}

  static String text(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Number(BigDecimal number) -> number.toPlainString();
      case Value.Bool(boolean truth) -> Boolean.toString(truth);
      case Value.Time(Instant time) -> time.toString();
      case Value.Null _, Value.Unknown _, Value.Bytes _, Value.Items _, Value.Document _ ->
          throw unfit(value);
    };
  }

  static BigDecimal decimal(Value value) {
    return switch (value) {
      case Value.Number(BigDecimal number) -> number;
      case Value.Text(String text) -> new BigDecimal(text);
      case Value.Bool _,
          Value.Time _,
          Value.Null _,
          Value.Unknown _,
          Value.Bytes _,
          Value.Items _,
          Value.Document _ ->
          throw unfit(value);
    };
  }

  static BigInteger integer(Value value) {
    return decimal(value).toBigIntegerExact();
  }

  static boolean truth(Value value) {
    if (value instanceof Value.Bool(boolean truth)) {
      return truth;
    }
    return switch (text(value)) {
      case "t", "true" -> true;
      case "f", "false" -> false;
      default -> throw unfit(value);
    };
  }

  static UUID uuid(Value value) {
    String text = text(value);
    if (text.length() != UUID_LENGTH) {
      throw unfit(value);
    }
    return UUID.fromString(text);
  }

  static Instant instant(Value value) {
    if (value instanceof Value.Time(Instant time)) {
      return time;
    }
    if (value instanceof Value.Text(String text) && text.contains("T")) {
      return OffsetDateTime.parse(text).toInstant(); // as JSON has it
    }
    throw new IllegalArgumentException(
        "it names no moment (a timestamp without time zone binds to LocalDateTime)");
  }

  static LocalDateTime localDateTime(Value value) {
    return LocalDateTime.parse(text(value), LOCAL_DATE_TIME);
  }

  static byte[] bytes(Value value) {
    if (value instanceof Value.Bytes(byte[] bytes)) {
      return bytes.clone();
    }
    throw unfit(value);
  }

  static IllegalArgumentException unfit(Value value) {
    return new IllegalArgumentException("it is " + kind(value));
  }

  /** The value for a message to people. */
  static String shown(Value value) {
    return switch (value) {
      case Value.Text(String text) -> "'" + text + "'";
      case Value.Number _, Value.Bool _, Value.Time _ -> text(value);
      case Value.Null _, Value.Unknown _, Value.Bytes _, Value.Items _, Value.Document _ ->
          kind(value);
    };
  }

  private static String kind(Value value) {
    return switch (value) {
      case Value.Null _ -> "null";
      case Value.Unknown _ -> "unknown";
      case Value.Bool _ -> "a truth value";
      case Value.Number _ -> "a number";
      case Value.Text _ -> "text";
      case Value.Time _ -> "a time";
      case Value.Bytes _ -> "bytes";
      case Value.Items _ -> "a list";
      case Value.Document _ -> "a document";
    };
  }
}
