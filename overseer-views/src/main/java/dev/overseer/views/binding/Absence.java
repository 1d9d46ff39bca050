package dev.overseer.views.binding;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of a field for which there is nothing. */
enum Absence {
  /** Nothing may be missing there. */
  REFUSED,
  /** It is null, or in a message not set. */
  NULL,
  /** It is an Optional. */
  EMPTY;

  /** Whether the component is declared {@code @Nullable}, by whichever annotation of that name. */
  static boolean isNullable(RecordComponent component) {
    return Stream.of(
            component.getAnnotatedType().getAnnotations(),
            component.getAnnotations(),
            component.getAccessor().getAnnotations())
        .flatMap(Stream::of)
        .map(Annotation::annotationType)
        .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
  }

  static Absence of(RecordComponent component) {
    if (component.getType() == Optional.class) {
      return EMPTY;
    }
    return isNullable(component) ? NULL : REFUSED;
  }

  /** The component's type, or what its Optional is of. */
  static Type valueType(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType optional
            && optional.getRawType() == Optional.class
        ? optional.getActualTypeArguments()[0]
        : component.getGenericType();
  }

  /** How something looks that is there. */
  Object present(Object value) {
    return this == EMPTY ? Optional.of(value) : value;
  }

  /** How it looks when nothing is there, unless that is {@link #REFUSED}. */
  @Nullable Object absent() {
    return this == EMPTY ? Optional.empty() : null;
  }
}
