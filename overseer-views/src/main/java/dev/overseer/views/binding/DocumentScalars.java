package dev.overseer.views.binding;

import dev.overseer.model.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Java types that one value may be bound to, those that hold others included: a record or a
 * {@code Map} for a document, a sealed interface of records for documents of several kinds, a
 * {@code List} for an array.
 */
final class DocumentScalars {
  private static final Set<Class<? extends Value>> DOCUMENT =
      Set.of(Value.Document.class, Value.Text.class);
  private static final Set<Class<? extends Value>> ITEMS =
      Set.of(Value.Items.class, Value.Text.class);

  private DocumentScalars() {}

  /** Empty, with a mismatch, when there is none for the type. */
  static Optional<Scalar> find(String path, Type type, Mismatches mismatches) {
    return find(path, type, mismatches, Set.of());
  }

  private static Optional<Scalar> find(
      String path, Type type, Mismatches mismatches, Set<Class<?>> within) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return find(path, list.getActualTypeArguments()[0], mismatches, within)
          .map(DocumentScalars::list);
    }
    if (type instanceof ParameterizedType map
        && map.getRawType() == Map.class
        && map.getActualTypeArguments()[0] == String.class) {
      return find(path + ".value", map.getActualTypeArguments()[1], mismatches, within)
          .map(
              values ->
                  new Scalar(
                      "Map<String, " + values.type() + ">", DOCUMENT, value -> map(value, values)));
    }
    if (type instanceof Class<?> single) {
      return single(path, single, mismatches, within);
    }
    mismatches.add(path, JavaScalars.expectation(), type.getTypeName());
    return Optional.empty();
  }

  private static Optional<Scalar> single(
      String path, Class<?> type, Mismatches mismatches, Set<Class<?>> within) {
    Optional<Scalar> scalar = JavaScalars.find(type);
    if (scalar.isPresent()) {
      return scalar;
    }
    if (type.isRecord()) {
      return record(path, type, mismatches, within);
    }
    if (type.isSealed()) {
      return variants(path, type, mismatches, within);
    }
    mismatches.add(path, JavaScalars.expectation(), JavaScalars.refusal(type));
    return Optional.empty();
  }

  /** Of a {@code List}, or of a repeated field. */
  static Scalar list(Scalar element) {
    return new Scalar("List<" + element.type() + ">", ITEMS, value -> list(value, element));
  }

  private static List<Object> list(Value value, Scalar element) {
    List<Object> list = new ArrayList<>();
    for (Value item : Documents.items(value)) {
      if (item instanceof Value.Null && !element.takesAnything()) {
        throw new IllegalArgumentException("element %d is null".formatted(list.size() + 1));
      }
      list.add(element.conversion().convert(item));
    }
    return List.copyOf(list);
  }

  /** By the names of a document's fields, in their order. */
  static Map<String, Object> map(Value document, Scalar values) {
    Map<String, Object> map = new LinkedHashMap<>();
    Documents.fields(document)
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Null && !values.takesAnything()) {
                throw new IllegalArgumentException("'%s' in it is null".formatted(name));
              }
              map.put(name, DocumentField.converted(name, value, values));
            });
    return Collections.unmodifiableMap(map);
  }

  private static Optional<Scalar> record(
      String path, Class<?> type, Mismatches mismatches, Set<Class<?>> outer) {
    if (outer.contains(type)) {
      mismatches.add(path, "a type that does not hold itself", type.getSimpleName());
      return Optional.empty();
    }
    Set<Class<?>> within = new HashSet<>(outer);
    within.add(type);
    List<DocumentField> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      field(path + "." + component.getName(), component, mismatches, within).ifPresent(fields::add);
    }
    return RecordMaker.of(path, type, mismatches)
        .filter(_ -> fields.size() == type.getRecordComponents().length)
        .map(
            maker ->
                new Scalar(
                    type.getSimpleName(),
                    DOCUMENT,
                    value -> made(maker, fields, Documents.fields(value))));
  }

  private static Object made(
      RecordMaker maker, List<DocumentField> fields, Map<String, Value> document) {
    @Nullable Object[] components = new @Nullable Object[fields.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = fields.get(i).read(document);
    }
    return maker.make(components);
  }

  private static Optional<DocumentField> field(
      String path, RecordComponent component, Mismatches mismatches, Set<Class<?>> within) {
    return find(path, Absence.valueType(component), mismatches, within)
        .map(
            scalar ->
                new DocumentField(
                    component.getName(),
                    new ColumnName(component.getName()),
                    scalar,
                    Absence.of(component)));
  }

  private static Optional<Scalar> variants(
      String path, Class<?> type, Mismatches mismatches, Set<Class<?>> within) {
    Optional<String> discriminator = Variants.discriminator(path, type, mismatches);
    Map<String, Scalar> records = new LinkedHashMap<>();
    for (Class<?> permitted : Variants.records(path, type, mismatches)) {
      record(path + "(" + permitted.getSimpleName() + ")", permitted, mismatches, within)
          .ifPresent(scalar -> records.put(permitted.getSimpleName(), scalar));
    }
    return discriminator
        .filter(_ -> records.size() == type.getPermittedSubclasses().length)
        .map(column -> variants(type.getSimpleName(), column, records));
  }

  private static Scalar variants(String type, String discriminator, Map<String, Scalar> records) {
    EnumNames names = EnumNames.ofConstants(records);
    DocumentField kind =
        new DocumentField(
            discriminator, new ColumnName(discriminator), names.scalar(type), Absence.REFUSED);
    return new Scalar(
        type,
        DOCUMENT,
        value ->
            kind.read(Documents.fields(value)) instanceof Scalar record
                ? record.conversion().convert(value)
                : Variants.none(type));
  }
}
