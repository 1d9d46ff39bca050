package dev.overseer.views.binding;

import dev.overseer.model.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field that is bound to a field of a document. One that a document lacks is null there. */
record DocumentField(String name, ColumnName column, Scalar scalar, Absence absence) {

  @Nullable Object read(Map<String, Value> fields) {
    Value value = column.findIn(fields).orElse(Value.NULL);
    if (scalar.takesAnything()) {
      return absence.present(value);
    }
    if (value instanceof Value.Null) {
      if (absence == Absence.REFUSED) {
        throw new IllegalArgumentException(
            "'%s' is null or missing in it, and is neither an Optional nor @Nullable"
                .formatted(name));
      }
      return absence.absent();
    }
    return absence.present(converted(name, value, scalar));
  }

  /** Refuses with the name of what does not fit. */
  static Object converted(String name, Value value, Scalar scalar) {
    try {
      return scalar.conversion().convert(value);
    } catch (RuntimeException unfit) {
      throw new IllegalArgumentException(
          "'%s' in it is %s, which is no %s: %s"
              .formatted(name, Conversions.shown(value), scalar.type(), unfit.getMessage()),
          unfit);
    }
  }
}
