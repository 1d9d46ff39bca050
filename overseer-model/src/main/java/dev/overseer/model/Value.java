package dev.overseer.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One value of a record, in a form that no longer depends on the wire format. Exact: no number ever
 * passes through a binary floating point, unless the source's own type is one, and then it keeps
 * the source's shortest text.
 */
public sealed interface Value {

  /** The source says that there is no value. */
  record Null() implements Value {}

  /** The source did not say. Never to be shown as null. */
  record Unknown(String reason) implements Value {}

  record Bool(boolean value) implements Value {}

  record Number(BigDecimal value) implements Value {}

  /** Text, and every type that has no closer form here, as the source writes it. */
  record Text(String value) implements Value {}

  record Time(Instant value) implements Value {}

  record Bytes(byte[] value) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes(byte[] others) && Arrays.equals(value, others);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }

  record Items(List<Value> values) implements Value {}

  record Document(Map<String, Value> fields) implements Value {}

  Value NULL = new Null();
}
