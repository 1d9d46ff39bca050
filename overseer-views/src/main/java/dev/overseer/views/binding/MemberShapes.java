package dev.overseer.views.binding;

import com.google.protobuf.Message;
import dev.overseer.model.InvalidRequest;
import java.util.Optional;

/** Reads a type as that of a view's record. */
final class MemberShapes {
  private MemberShapes() {}

  static Optional<MemberShape> of(String path, Class<?> type, Mismatches mismatches) {
    if (type.isRecord()) {
      return RecordShape.of(path, type, mismatches);
    }
    if (type.isSealed()) {
      return VariantShape.of(path, type, mismatches);
    }
    if (isMessage(type)) {
      return MessageShape.of(path, prototype(type), mismatches);
    }
    mismatches.add(path, "a Java record or a generated protobuf message", type.getTypeName());
    return Optional.empty();
  }

  static boolean isMessage(Class<?> type) {
    return Message.class.isAssignableFrom(type) && !type.isInterface();
  }

  /**
   * Every generated message has one; {@code DynamicMessage}, without a type of its own, does not.
   */
  static Message prototype(Class<?> type) {
    try {
      return (Message) type.getMethod("getDefaultInstance").invoke(null);
    } catch (ReflectiveOperationException notGenerated) {
      throw new InvalidRequest(
          type.getName() + " is not a generated protobuf message", notGenerated);
    }
  }
}
