package dev.overseer.views.binding;

import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.SchemaReader;
import dev.overseer.model.ViewDefinition;
import dev.overseer.views.ViewBinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes bindings. A type's fields are named like the view's aliases, and their types' fields like
 * columns; not every alias and not every column needs a field. Stateless.
 */
public final class ViewBindings {
  private ViewBindings() {}

  /**
   * A binding of {@code type}, a Java record or a generated protobuf message, to the view. Fails
   * with {@link InvalidRequest} and everything that does not fit, as far as it can be told without
   * a database: names of aliases, one or many, and types.
   *
   * <p>The binding fails on a view with {@link dev.overseer.views.UnknownValue} or {@link
   * dev.overseer.views.AmbiguousMember}; and with {@link InvalidRequest} on a value that a field
   * cannot hold, null in particular.
   */
  public static <V> ViewBinding<V> bindingFor(
      Class<V> type, ViewDefinition view, Definitions definitions) {
    requireModels(view, definitions);
    Mismatches mismatches = new Mismatches();
    Optional<ViewShape> shape = shape(type, view, mismatches);
    if (shape.isEmpty() || !mismatches.all().isEmpty()) {
      throw new InvalidRequest(message(type, view, mismatches.all()));
    }
    ViewShape bound = shape.get();
    return given -> type.cast(bound.make(given));
  }

  /** What {@link #bindingFor} would refuse; empty when it would not. */
  public static List<Mismatch> mismatches(
      Class<?> type, ViewDefinition view, Definitions definitions) {
    requireModels(view, definitions);
    Mismatches mismatches = new Mismatches();
    Optional<ViewShape> _ = shape(type, view, mismatches);
    return mismatches.all();
  }

  /**
   * The fields of a type that fits the view otherwise, held against the columns that its models'
   * tables really have.
   *
   * @param columns of the models whose schema is known; the others are not checked
   */
  public static List<Mismatch> columnMismatches(
      Class<?> type, ViewDefinition view, Map<ModelName, List<SchemaReader.Column>> columns) {
    Mismatches mismatches = new Mismatches();
    shape(type, view, new Mismatches()).map(ViewShape::ofRecords).orElse(List.of()).stream()
        .filter(field -> columns.containsKey(field.model()))
        .forEach(
            field ->
                field
                    .shape()
                    .fields()
                    .forEach(
                        scalar ->
                            scalar.check(
                                field.model(),
                                columns.getOrDefault(field.model(), List.of()),
                                mismatches)));
    return mismatches.all();
  }

  private static Optional<ViewShape> shape(
      Class<?> type, ViewDefinition view, Mismatches mismatches) {
    ViewFields fields = new ViewFields(view, mismatches);
    if (type.isRecord()) {
      return RecordView.of(type, fields);
    }
    if (MemberShapes.isMessage(type)) {
      return MessageView.of(MemberShapes.prototype(type), fields);
    }
    mismatches.add(
        type.getSimpleName(), "a Java record or a generated protobuf message", type.getTypeName());
    return Optional.empty();
  }

  private static void requireModels(ViewDefinition view, Definitions definitions) {
    definitions.sourcesOf(view);
  }

  private static String message(Class<?> type, ViewDefinition view, List<Mismatch> mismatches) {
    return mismatches.stream()
        .map(mismatch -> "\n  " + mismatch)
        .collect(
            Collectors.joining(
                "",
                "%s cannot be bound to view '%s':".formatted(type.getSimpleName(), view.name()),
                ""));
  }
}
