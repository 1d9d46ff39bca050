package dev.overseer.views;

/** Something that a state may tell. */
sealed interface Told<T> {

  record Known<T>(T value) implements Told<T> {}

  /** There is nothing: a value is null. */
  record Nothing<T>() implements Told<T> {}

  /** There may be something. */
  record Untold<T>(String why) implements Told<T> {}

  /** The other, unless this one says that there is nothing, or it cannot be told. */
  default <U> Told<U> with(Told<U> other) {
    return switch (this) {
      case Known<T> _ -> other;
      case Nothing<T> _ -> new Nothing<>();
      case Untold<T>(String why) ->
          other instanceof Nothing<U> ? new Nothing<>() : new Untold<>(why);
    };
  }

  default Told<T> orIfNothing(T value) {
    return switch (this) {
      case Known<T> _, Untold<T> _ -> this;
      case Nothing<T> _ -> new Known<>(value);
    };
  }
}
