package dev.overseer.views.binding;

import dev.overseer.model.Value;
import java.util.Set;

/**
 * How a field of one type is made of a value.
 *
 * @param type as its author writes it
 * @param forms the values that it can be made of; text where a source writes it as text
 */
record Scalar(String type, Set<Class<? extends Value>> forms, Conversion conversion) {

  /** Refuses with any {@link RuntimeException} that says why. Never given null or unknown. */
  @FunctionalInterface
  interface Conversion {
    Object convert(Value value);
  }

  /** Takes the value as it is, be it null or unknown. */
  static final Scalar VALUE =
      new Scalar(
          "Value",
          Set.of(
              Value.Bool.class,
              Value.Number.class,
              Value.Text.class,
              Value.Time.class,
              Value.Bytes.class,
              Value.Items.class,
              Value.Document.class),
          value -> value);

  @SuppressWarnings("ReferenceEquality") // there is one such scalar
  boolean takesAnything() {
    return this == VALUE;
  }
}
