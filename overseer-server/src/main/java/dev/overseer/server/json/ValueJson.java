package dev.overseer.server.json;

import dev.overseer.model.Value;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON has them: numbers as text, because most readers of JSON make binary floating point
 * numbers of them; what is not known as an object that says why, and never as null.
 */
public final class ValueJson {
  private ValueJson() {}

  public static Map<String, @Nullable Object> of(Map<String, Value> values) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    values.forEach((column, value) -> json.put(column, of(value)));
    return json;
  }

  public static @Nullable Object of(Value value) {
    return switch (value) {
      case Value.Null _ -> null;
      case Value.Unknown(String reason) -> Map.of("unknown", reason);
      case Value.Bool(boolean truth) -> truth;
      case Value.Number number -> number.value().toPlainString();
      case Value.Text(String text) -> text;
      case Value.Time time -> time.value().toString();
      case Value.Bytes(byte[] bytes) -> Map.of("base64", Base64.getEncoder().encodeToString(bytes));
      case Value.Items items -> items.values().stream().map(ValueJson::of).toList();
      case Value.Document document -> of(document.fields());
    };
  }
}
