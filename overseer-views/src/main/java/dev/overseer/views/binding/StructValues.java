package dev.overseer.views.binding;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import dev.overseer.formats.references.JsonText;
import dev.overseer.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Documents as protobuf's {@code Struct}. Its numbers are binary floating points, which hold most
 * decimal amounts only nearly: every number becomes a string there, exact and with its scale.
 */
final class StructValues {
  private StructValues() {}

  static Struct struct(Map<String, Value> fields) {
    Struct.Builder struct = Struct.newBuilder();
    fields.forEach((name, value) -> struct.putFields(name, inner(value)));
    return struct.build();
  }

  static ListValue list(List<Value> items) {
    ListValue.Builder list = ListValue.newBuilder();
    items.forEach(item -> list.addValues(inner(item)));
    return list.build();
  }

  /** A source writes a document as text: what reads as a JSON object or array is one. */
  static com.google.protobuf.Value value(Value value) {
    return inner(value instanceof Value.Text(String text) ? document(text).orElse(value) : value);
  }

  private static Optional<Value> document(String text) {
    return JsonText.read(text)
        .filter(json -> json instanceof Value.Document || json instanceof Value.Items);
  }

  private static com.google.protobuf.Value inner(Value value) {
    com.google.protobuf.Value.Builder made = com.google.protobuf.Value.newBuilder();
    return switch (value) {
      case Value.Null _ -> made.setNullValue(NullValue.NULL_VALUE).build();
      case Value.Bool(boolean truth) -> made.setBoolValue(truth).build();
      case Value.Document(Map<String, Value> fields) -> made.setStructValue(struct(fields)).build();
      case Value.Items(List<Value> items) -> made.setListValue(list(items)).build();
      case Value.Number _, Value.Text _, Value.Time _ ->
          made.setStringValue(Conversions.text(value)).build();
      case Value.Unknown _, Value.Bytes _ -> throw Conversions.unfit(value);
    };
  }
}
