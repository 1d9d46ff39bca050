package dev.overseer.views.binding;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.overseer.model.Value;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The protobuf types that a column's value may be bound to. Decimals are strings. */
final class MessageScalars {
  private static final Set<Class<? extends Value>> NUMBERS =
      Set.of(Value.Number.class, Value.Text.class);

  private MessageScalars() {}

  static Optional<Scalar> find(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> JavaScalars.find(String.class).map(text -> named("string", text));
      case BOOL -> JavaScalars.find(boolean.class).map(bool -> named("bool", bool));
      case INT32, SINT32, SFIXED32 -> JavaScalars.find(int.class).map(i -> named("int32", i));
      case INT64, SINT64, SFIXED64 -> JavaScalars.find(long.class).map(i -> named("int64", i));
      case UINT32, FIXED32 -> Optional.of(unsigned("uint32", 32));
      case UINT64, FIXED64 -> Optional.of(unsigned("uint64", 64));
      case BYTES ->
          Optional.of(
              new Scalar(
                  "bytes",
                  Set.of(Value.Bytes.class),
                  value -> ByteString.copyFrom(Conversions.bytes(value))));
      case ENUM -> Optional.of(enumScalar(field));
      case MESSAGE -> WellKnownScalars.find(field.getMessageType().getFullName());
      case DOUBLE, FLOAT, GROUP -> Optional.empty();
    };
  }

  /** What to say of a field that is none of these. */
  static String refusal(FieldDescriptor field) {
    return switch (field.getType()) {
      case DOUBLE, FLOAT ->
          "a binary floating point, which holds most decimal amounts only nearly: use a string";
      case STRING, BOOL, BYTES, ENUM, MESSAGE, GROUP -> shape(field);
      case INT32, SINT32, SFIXED32, INT64, SINT64, SFIXED64, UINT32, FIXED32, UINT64, FIXED64 ->
          shape(field);
    };
  }

  static String expectation() {
    return "string (for decimals too), bool, an integer, bytes, an enum, google.protobuf.Timestamp,"
        + " Duration, Struct, Value or ListValue, a wrapper of one of these, a message of such or"
        + " a map to such (for a document), or repeated ones";
  }

  static String shape(FieldDescriptor field) {
    String type =
        field.getType() == FieldDescriptor.Type.MESSAGE
            ? field.getMessageType().getFullName()
            : field.getType().name().toLowerCase(java.util.Locale.ROOT);
    return field.isRepeated() ? "repeated " + type : type;
  }

  private static Scalar named(String type, Scalar scalar) {
    return new Scalar(type, scalar.forms(), scalar.conversion());
  }

  private static Scalar unsigned(String type, int bits) {
    return new Scalar(
        type,
        NUMBERS,
        value -> {
          BigInteger integer = Conversions.integer(value);
          if (integer.signum() < 0 || integer.bitLength() > bits) {
            throw new ArithmeticException("it is out of range");
          }
          return bits == 32 ? (Object) integer.intValue() : (Object) integer.longValue();
        });
  }

  private static Scalar enumScalar(FieldDescriptor field) {
    Map<String, EnumValueDescriptor> constants = new LinkedHashMap<>();
    field.getEnumType().getValues().forEach(value -> constants.put(value.getName(), value));
    String type = field.getEnumType().getName();
    return EnumNames.ofPrefixed(type, constants).scalar(type);
  }
}
