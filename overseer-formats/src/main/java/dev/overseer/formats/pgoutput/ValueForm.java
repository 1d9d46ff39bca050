package dev.overseer.formats.pgoutput;

import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.util.HexFormat;

/**
 * What a Postgres type's text becomes. Text that a form cannot read exactly (infinity, NaN, a style
 * of dates other than ISO) stays text, as the source writes it.
 */
enum ValueForm {
  BOOL(Value.Bool.class),
  NUMBER(Value.Number.class),
  TIME(Value.Time.class),
  BYTES(Value.Bytes.class),
  TEXT(Value.Text.class);

  private final Class<? extends Value> type;

  ValueForm(Class<? extends Value> type) {
    this.type = type;
  }

  Class<? extends Value> type() {
    return type;
  }

  /** By the object id of a built-in type: these are the same in every Postgres. */
  static ValueForm ofType(int oid) {
    return switch (oid) {
      case 16 -> BOOL;
      case 20, 21, 23, 700, 701, 1700 -> NUMBER; // int8, int2, int4, float4, float8, numeric
      case 1184 -> TIME; // timestamptz
      case 17 -> BYTES; // bytea
      default -> TEXT;
    };
  }

  Value read(String text) {
    return switch (this) {
      case BOOL -> bool(text);
      case NUMBER -> number(text);
      case TIME -> TimestampText.read(text).<Value>map(Value.Time::new).orElseGet(() -> asIs(text));
      case BYTES -> bytes(text);
      case TEXT -> asIs(text);
    };
  }

  private static Value bool(String text) {
    return switch (text) {
      case "t" -> new Value.Bool(true);
      case "f" -> new Value.Bool(false);
      default -> asIs(text);
    };
  }

  private static Value number(String text) {
    if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
      return asIs(text); // NaN, Infinity
    }
    try {
      return new Value.Number(new BigDecimal(text));
    } catch (NumberFormatException notANumber) {
      return asIs(text);
    }
  }

  private static Value bytes(String text) {
    if (!text.startsWith("\\x")) {
      return asIs(text);
    }
    try {
      return new Value.Bytes(HexFormat.of().parseHex(text, 2, text.length()));
    } catch (IllegalArgumentException notHexadecimal) {
      return asIs(text);
    }
  }

  private static Value asIs(String text) {
    return new Value.Text(text);
  }
}
