package dev.overseer.views.binding;

import dev.overseer.model.InvariantViolated;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls a record's canonical constructor, be the record public or not. */
final class RecordMaker {
  private static final MethodType SPREAD = MethodType.methodType(Object.class, Object[].class);

  private final MethodHandle constructor;

  private RecordMaker(MethodHandle constructor) {
    this.constructor = constructor;
  }

  /** Empty, with a mismatch, when the type's module does not let it be called. */
  static Optional<RecordMaker> of(String path, Class<?> type, Mismatches mismatches) {
    try {
      Class<?>[] parameters =
          Stream.of(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      MethodHandle handle = MethodHandles.lookup().unreflectConstructor(constructor);
      return Optional.of(
          new RecordMaker(handle.asSpreader(Object[].class, parameters.length).asType(SPREAD)));
    } catch (ReflectiveOperationException | InaccessibleObjectException inaccessible) {
      mismatches.add(
          path,
          "a record that Overseer may construct",
          type.getTypeName() + ", whose module does not open its package");
      return Optional.empty();
    }
  }

  /** What the record's own constructor throws is thrown on. */
  Object make(@Nullable Object[] components) {
    try {
      return (Object) constructor.invokeExact(components);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new InvariantViolated("A canonical constructor threw a checked exception", checked);
    }
  }
}
