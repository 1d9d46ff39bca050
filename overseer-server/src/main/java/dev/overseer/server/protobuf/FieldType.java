package dev.overseer.server.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.Timestamp;
import dev.overseer.model.Value;
import dev.overseer.server.json.Json;
import dev.overseer.server.json.ValueJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What becomes of a column's values. Decimals are strings: no field of protobuf holds them. */
enum FieldType {
  TEXT("string", Type.TYPE_STRING),
  DECIMAL("decimal", Type.TYPE_STRING),
  BOOL("bool", Type.TYPE_BOOL),
  BYTES("bytes", Type.TYPE_BYTES),
  TIME("timestamp", Type.TYPE_MESSAGE),
  JSON("json", Type.TYPE_STRING);

  private final String word;
  private final Type type;

  FieldType(String word, Type type) {
    this.word = word;
    this.type = type;
  }

  static FieldType of(Class<? extends Value> form) {
    return FORMS.getOrDefault(form, TEXT);
  }

  private static final Map<Class<? extends Value>, FieldType> FORMS =
      Map.of(
          Value.Number.class, DECIMAL,
          Value.Bool.class, BOOL,
          Value.Bytes.class, BYTES,
          Value.Time.class, TIME,
          Value.Items.class, JSON,
          Value.Document.class, JSON);

  /** Part of the number that a field gets. */
  String word() {
    return word;
  }

  Type type() {
    return type;
  }

  /** Empty when the field cannot hold it: infinity is no moment. Never given null or unknown. */
  Optional<Object> value(Value value) {
    return switch (this) {
      case TEXT, DECIMAL -> text(value);
      case BOOL ->
          value instanceof Value.Bool(boolean truth) ? Optional.of(truth) : Optional.empty();
      case BYTES ->
          value instanceof Value.Bytes(byte[] bytes)
              ? Optional.of(ByteString.copyFrom(bytes))
              : Optional.empty();
      case TIME ->
          value instanceof Value.Time(Instant time)
              ? Optional.of(timestamp(time))
              : Optional.empty();
      case JSON -> Optional.ofNullable(ValueJson.of(value)).map(Json::write);
    };
  }

  private static Optional<Object> text(Value value) {
    return switch (value) {
      case Value.Text(String text) -> Optional.of(text);
      case Value.Number(BigDecimal number) -> Optional.of(number.toPlainString());
      case Value.Bool(boolean truth) -> Optional.of(Boolean.toString(truth));
      case Value.Time(Instant time) -> Optional.of(time.toString());
      case Value.Null _, Value.Unknown _, Value.Bytes _, Value.Items _, Value.Document _ ->
          Optional.empty();
    };
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
