package dev.overseer.views.binding;

import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The Java types that a column's value may be bound to. */
final class JavaScalars {
  private static final Set<Class<? extends Value>> TEXT = Set.of(Value.Text.class);
  private static final Set<Class<? extends Value>> NUMBER =
      Set.of(Value.Number.class, Value.Text.class);
  private static final Set<Class<? extends Value>> TRUTH =
      Set.of(Value.Bool.class, Value.Text.class);
  private static final Set<Class<? extends Value>> TIME = Set.of(Value.Time.class);
  private static final Set<Class<? extends Value>> BYTES = Set.of(Value.Bytes.class);
  private static final Set<Class<? extends Value>> READABLE =
      Set.of(Value.Text.class, Value.Number.class, Value.Bool.class, Value.Time.class);

  private static final Map<Class<?>, Scalar> SCALARS = new HashMap<>();

  static {
    add(String.class, READABLE, Conversions::text);
    add(BigDecimal.class, NUMBER, Conversions::decimal);
    add(BigInteger.class, NUMBER, Conversions::integer);
    add(long.class, NUMBER, value -> Conversions.decimal(value).longValueExact());
    add(int.class, NUMBER, value -> Conversions.decimal(value).intValueExact());
    add(short.class, NUMBER, value -> Conversions.decimal(value).shortValueExact());
    add(boolean.class, TRUTH, Conversions::truth);
    add(UUID.class, TEXT, Conversions::uuid);
    add(Instant.class, TIME, Conversions::instant);
    add(LocalDate.class, TEXT, value -> LocalDate.parse(Conversions.text(value)));
    add(LocalDateTime.class, TEXT, Conversions::localDateTime);
    add(LocalTime.class, TEXT, value -> LocalTime.parse(Conversions.text(value)));
    add(Duration.class, TEXT, value -> Durations.read(Conversions.text(value)));
    add(byte[].class, BYTES, Conversions::bytes);
    SCALARS.put(Value.class, Scalar.VALUE);
    SCALARS.put(Long.class, scalar(long.class));
    SCALARS.put(Integer.class, scalar(int.class));
    SCALARS.put(Short.class, scalar(short.class));
    SCALARS.put(Boolean.class, scalar(boolean.class));
  }

  private JavaScalars() {}

  static Optional<Scalar> find(Class<?> type) {
    return type.isEnum() ? Optional.of(enumScalar(type)) : Optional.ofNullable(SCALARS.get(type));
  }

  /** What to say of a type that is none of these. */
  static String refusal(Class<?> type) {
    return isFloatingPoint(type)
        ? type.getSimpleName()
            + ", which holds most decimal amounts only nearly (0.1 + 0.2 is not 0.3): use"
            + " BigDecimal"
        : type.getTypeName();
  }

  static String expectation() {
    return "String, BigDecimal, BigInteger, long, int, short, boolean, UUID, Instant, LocalDate,"
        + " LocalDateTime, LocalTime, Duration, byte[], an enum, Value, a record, sealed interface"
        + " of records or Map<String, X> (for a document), a List of one of these, or an Optional"
        + " of one";
  }

  private static boolean isFloatingPoint(Class<?> type) {
    return Set.<Class<?>>of(double.class, Double.class, float.class, Float.class).contains(type);
  }

  private static Scalar enumScalar(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return EnumNames.ofConstants(constants).scalar(type.getSimpleName());
  }

  private static void add(
      Class<?> type, Set<Class<? extends Value>> forms, Scalar.Conversion conversion) {
    SCALARS.put(type, new Scalar(type.getSimpleName(), forms, conversion));
  }

  private static Scalar scalar(Class<?> type) {
    return Objects.requireNonNull(SCALARS.get(type));
  }
}
