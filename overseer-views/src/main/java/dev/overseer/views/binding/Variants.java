package dev.overseer.views.binding;

import dev.overseer.checks.Discriminator;
import dev.overseer.model.InvariantViolated;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A sealed interface whose permitted records a discriminator chooses from. */
final class Variants {
  private Variants() {}

  /** Empty, with a mismatch, when the type does not name one. */
  static Optional<String> discriminator(String path, Class<?> type, Mismatches mismatches) {
    Discriminator named = type.getAnnotation(Discriminator.class);
    if (named == null) {
      mismatches.add(
          path,
          "@Discriminator on %s: which column says which of its records it is"
              .formatted(type.getSimpleName()),
          "a sealed interface without");
      return Optional.empty();
    }
    return Optional.of(named.value());
  }

  /** The permitted ones that are records; each other one is a mismatch. */
  static List<Class<?>> records(String path, Class<?> type, Mismatches mismatches) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (!permitted.isRecord()) {
        mismatches.add(
            path, "records only, permitted by " + type.getSimpleName(), permitted.getTypeName());
      }
    }
    return Stream.<Class<?>>of(type.getPermittedSubclasses()).filter(Class::isRecord).toList();
  }

  static Object none(String type) {
    throw new InvariantViolated("A discriminator chose what is no record of " + type);
  }
}
