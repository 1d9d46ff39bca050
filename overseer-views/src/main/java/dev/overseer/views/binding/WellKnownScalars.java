package dev.overseer.views.binding;

import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import dev.overseer.model.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The messages of protobuf's own that a value may be bound to as a whole. */
final class WellKnownScalars {
  private static final Set<Class<? extends Value>> DOCUMENT =
      Set.of(Value.Document.class, Value.Text.class);
  private static final Set<Class<? extends Value>> ITEMS =
      Set.of(Value.Items.class, Value.Text.class);

  /** From the year 1 to 9999, in seconds. */
  private static final long TIMESTAMP_MIN = -62_135_596_800L;

  private static final long TIMESTAMP_MAX = 253_402_300_799L;

  /** Ten thousand years, in seconds. */
  private static final long DURATION_MAX = 315_576_000_000L;

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private static final Map<String, Scalar> SCALARS =
      Map.of(
          name(Timestamp.getDefaultInstance()),
          scalar(Timestamp.getDefaultInstance(), Set.of(Value.Time.class), it -> timestamp(it)),
          name(Duration.getDefaultInstance()),
          scalar(Duration.getDefaultInstance(), Set.of(Value.Text.class), it -> duration(it)),
          name(Struct.getDefaultInstance()),
          scalar(
              Struct.getDefaultInstance(),
              DOCUMENT,
              value -> StructValues.struct(Documents.fields(value))),
          name(ListValue.getDefaultInstance()),
          scalar(
              ListValue.getDefaultInstance(),
              ITEMS,
              value -> StructValues.list(Documents.items(value))),
          name(com.google.protobuf.Value.getDefaultInstance()),
          scalar(
              com.google.protobuf.Value.getDefaultInstance(),
              Scalar.VALUE.forms(),
              StructValues::value));

  private WellKnownScalars() {}

  /**
   * @param type the message's full name
   */
  static Optional<Scalar> find(String type) {
    return Optional.ofNullable(SCALARS.get(type));
  }

  private static String name(Message message) {
    return message.getDescriptorForType().getFullName();
  }

  private static Scalar scalar(
      Message message, Set<Class<? extends Value>> forms, Function<Value, Object> conversion) {
    return new Scalar(name(message), forms, conversion::apply);
  }

  private static Timestamp timestamp(Value value) {
    Instant time = Conversions.instant(value);
    requireWithin(TIMESTAMP_MIN, time.getEpochSecond(), TIMESTAMP_MAX);
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** Where Java's has seconds rounded down and nanoseconds on top, protobuf's have one sign. */
  private static Duration duration(Value value) {
    java.time.Duration length = Durations.read(Conversions.text(value));
    boolean isFractionBelowZero = length.getSeconds() < 0 && length.getNano() > 0;
    long seconds = length.getSeconds() + (isFractionBelowZero ? 1 : 0);
    requireWithin(-DURATION_MAX, seconds, DURATION_MAX);
    return Duration.newBuilder()
        .setSeconds(seconds)
        .setNanos(length.getNano() - (isFractionBelowZero ? NANOS_PER_SECOND : 0))
        .build();
  }

  private static void requireWithin(long least, long seconds, long greatest) {
    if (seconds < least || seconds > greatest) {
      throw new ArithmeticException("it is out of range");
    }
  }
}
