package dev.overseer.views.binding;

import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.views.View;
import dev.overseer.views.binding.AliasField.Cardinality;
import dev.overseer.views.binding.ViewFields.Meaning;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Java record whose components are named like the aliases of a view. */
record RecordView(RecordMaker maker, List<ViewField> fields) implements ViewShape {

  static Optional<ViewShape> of(Class<?> type, ViewFields view) {
    List<ViewField> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String path = type.getSimpleName() + "." + component.getName();
      field(path, component, view).ifPresent(fields::add);
    }
    return RecordMaker.of(type.getSimpleName(), type, view.mismatches())
        .filter(_ -> fields.size() == type.getRecordComponents().length)
        .map(maker -> new RecordView(maker, List.copyOf(fields)));
  }

  private static Optional<ViewField> field(
      String path, RecordComponent component, ViewFields view) {
    Optional<Total> total = view.findTotal(component.getName());
    return total.isPresent()
        ? field(path, component, total.get(), view.mismatches()).map(field -> field)
        : view.find(path, component.getName())
            .flatMap(meaning -> field(path, component, meaning, view.mismatches()));
  }

  private static Optional<TotalField> field(
      String path, RecordComponent component, Total total, Mismatches mismatches) {
    boolean many = total.isOfSeveralWindows();
    if (many != (component.getType() == List.class)) {
      mismatches.add(
          path,
          many
              ? "a List, because there are several windows of '" + total.alias() + "'"
              : "one Total, because there is one of '" + total.alias() + "'",
          shown(component));
      return Optional.empty();
    }
    Class<?> type = many ? RecordShape.argument(component.getGenericType()) : component.getType();
    return type == dev.overseer.checks.Total.class
        ? Optional.of(TotalField.ofTotals(total.alias(), many))
        : DocumentScalars.find(path, component.getGenericType(), mismatches)
            .map(scalar -> TotalField.of(total.alias(), many, scalar));
  }

  private static Optional<AliasField> field(
      String path, RecordComponent component, Meaning meaning, Mismatches mismatches) {
    boolean many = meaning.cardinality() == Cardinality.MANY;
    Class<?> type = component.getType();
    boolean optional = type == Optional.class;
    boolean nullable = Absence.isNullable(component);
    if (many != (type == List.class)) {
      mismatches.add(path, many ? listExpected(meaning) : oneExpected(meaning), shown(component));
      return Optional.empty();
    }
    if (meaning.mayBeAbsent() && !optional && !nullable) {
      mismatches.add(
          path,
          "an Optional or @Nullable record, because there may be no '" + meaning.alias() + "'",
          shown(component));
    }
    Class<?> member = many || optional ? RecordShape.argument(component.getGenericType()) : type;
    Absence absence = optional ? Absence.EMPTY : nullable ? Absence.NULL : Absence.REFUSED;
    return MemberShapes.of(path, member, mismatches)
        .map(
            shape ->
                new AliasField(
                    path, meaning.alias(), meaning.model(), meaning.cardinality(), shape, absence));
  }

  private static String listExpected(Meaning meaning) {
    return "a List of records, because there may be many '" + meaning.alias() + "'";
  }

  private static String oneExpected(Meaning meaning) {
    return "one record, because there is at most one '" + meaning.alias() + "'";
  }

  private static String shown(RecordComponent component) {
    return component.getGenericType().getTypeName().replaceAll("[\\w$.]+[.$](?=\\w)", "");
  }

  @Override
  public Object make(View view) {
    @Nullable Object[] components = new @Nullable Object[fields.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = fields.get(i).read(view);
    }
    return maker.make(components);
  }
}
