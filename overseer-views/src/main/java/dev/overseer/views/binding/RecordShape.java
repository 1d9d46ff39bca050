package dev.overseer.views.binding;

import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Java record whose components are named like columns. */
record RecordShape(RecordMaker maker, List<ScalarField> fields) implements MemberShape {
  private static final String REMEDY = "make the component an Optional, or @Nullable";

  static Optional<MemberShape> of(String path, Class<?> type, Mismatches mismatches) {
    List<ScalarField> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      field(path + "." + component.getName(), component, mismatches).ifPresent(fields::add);
    }
    return RecordMaker.of(path, type, mismatches)
        .filter(_ -> fields.size() == type.getRecordComponents().length)
        .map(maker -> new RecordShape(maker, List.copyOf(fields)));
  }

  private static Optional<ScalarField> field(
      String path, RecordComponent component, Mismatches mismatches) {
    return DocumentScalars.find(path, Absence.valueType(component), mismatches)
        .map(
            scalar ->
                new ScalarField(path, component.getName(), scalar, Absence.of(component), REMEDY));
  }

  /** What a {@code List} or an {@code Optional} is of; {@code Object} when that is no class. */
  static Class<?> argument(Type type) {
    return type instanceof ParameterizedType parameterized
            && parameterized.getActualTypeArguments()[0] instanceof Class<?> argument
        ? argument
        : Object.class;
  }

  @Override
  public Object make(RecordKey record, RecordState.Present state) {
    @Nullable Object[] components = new @Nullable Object[fields.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = fields.get(i).read(record, state);
    }
    return maker.make(components);
  }
}
