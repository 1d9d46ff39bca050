package dev.overseer.formats.references;

import dev.overseer.model.InvariantViolated;
import dev.overseer.model.Value;
import java.math.BigDecimal;

/**
 * How a value within a document is written as a part of a key: a text as it is, so that {@code 42}
 * and {@code "42"} name one record; a number in plain decimals without zeros at the end of its
 * fraction, so that {@code 42.0} and {@code 4.2e1} do as well.
 */
public final class KeyTexts {
  private static final int DIGITS_MAX = 1000;

  private KeyTexts() {}

  static String of(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Number(BigDecimal number) -> of(number);
      case Value.Bool(boolean truth) -> Boolean.toString(truth);
      case Value.Null _,
          Value.Unknown _,
          Value.Time _,
          Value.Bytes _,
          Value.Items _,
          Value.Document _ ->
          throw new InvariantViolated("No part of a key is " + value);
    };
  }

  /**
   * @param number not {@link #isTooLong}
   */
  public static String of(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** Its exponent alone may ask for more digits than there is memory. */
  public static boolean isTooLong(BigDecimal number) {
    return number.precision() > DIGITS_MAX || Math.abs((long) number.scale()) > DIGITS_MAX;
  }
}
