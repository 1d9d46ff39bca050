package dev.overseer.checks;

import java.util.function.Function;

/** How a view becomes the object that the check's function takes. */
public sealed interface Translation<V> {

  /** By binding its fields to the type's, by name. */
  record Bound<V>(Class<V> type) implements Translation<V> {}

  /** By binding it to one type, and making the check's own type of that. Pure. */
  record Mapped<B, V>(Class<B> bound, Function<B, V> translate) implements Translation<V> {}
}
