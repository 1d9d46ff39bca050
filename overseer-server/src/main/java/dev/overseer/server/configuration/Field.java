package dev.overseer.server.configuration;

import java.util.Optional;

/**
 * What the file says of one key. Records of the file's shape consist of fields, so that one bad
 * value leaves the rest to be checked.
 */
sealed interface Field<T> {

  record Given<T>(T value, Place place) implements Field<T> {}

  record Absent<T>() implements Field<T> {}

  /** Reported already. */
  record Wrong<T>() implements Field<T> {}

  default Optional<Given<T>> given() {
    return this instanceof Given<T> it ? Optional.of(it) : Optional.empty();
  }

  default Optional<T> find() {
    return given().map(Given::value);
  }

  default T orElse(T fallback) {
    return find().orElse(fallback);
  }

  default boolean isAbsent() {
    return this instanceof Absent<T>;
  }
}
