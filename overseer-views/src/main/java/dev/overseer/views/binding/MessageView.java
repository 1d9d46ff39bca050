package dev.overseer.views.binding;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.views.View;
import dev.overseer.views.binding.AliasField.Cardinality;
import dev.overseer.views.binding.ViewFields.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A protobuf message whose fields are named like the aliases of a view. */
final class MessageView implements ViewShape {
  private final Message prototype;
  private final List<FieldDescriptor> descriptors;
  private final List<ViewField> fields;

  private MessageView(
      Message prototype, List<FieldDescriptor> descriptors, List<ViewField> fields) {
    this.prototype = prototype;
    this.descriptors = List.copyOf(descriptors);
    this.fields = List.copyOf(fields);
  }

  static Optional<ViewShape> of(Message prototype, ViewFields view) {
    List<FieldDescriptor> descriptors = prototype.getDescriptorForType().getFields();
    List<ViewField> fields = new ArrayList<>();
    for (FieldDescriptor descriptor : descriptors) {
      String path = prototype.getDescriptorForType().getName() + "." + descriptor.getName();
      field(path, prototype, descriptor, view).ifPresent(fields::add);
    }
    return fields.size() == descriptors.size()
        ? Optional.of(new MessageView(prototype, descriptors, fields))
        : Optional.empty();
  }

  private static Optional<ViewField> field(
      String path, Message prototype, FieldDescriptor descriptor, ViewFields view) {
    Optional<Total> total = view.findTotal(descriptor.getName());
    return total.isPresent()
        ? field(path, prototype, descriptor, total.get(), view.mismatches()).map(field -> field)
        : view.find(path, descriptor.getName())
            .flatMap(meaning -> field(path, prototype, descriptor, meaning, view.mismatches()));
  }

  private static Optional<TotalField> field(
      String path,
      Message prototype,
      FieldDescriptor descriptor,
      Total total,
      Mismatches mismatches) {
    boolean many = total.isOfSeveralWindows();
    if (descriptor.getJavaType() != FieldDescriptor.JavaType.MESSAGE
        || descriptor.isRepeated() != many) {
      mismatches.add(
          path,
          many
              ? "a repeated message, because there are several windows of '" + total.alias() + "'"
              : "one message, because there is one of '" + total.alias() + "'",
          MessageScalars.shape(descriptor));
      return Optional.empty();
    }
    return new MessageDocuments(mismatches)
        .find(path, descriptor, prototype)
        .map(scalar -> TotalField.of(total.alias(), many, scalar));
  }

  private static Optional<AliasField> field(
      String path,
      Message prototype,
      FieldDescriptor descriptor,
      Meaning meaning,
      Mismatches mismatches) {
    boolean many = meaning.cardinality() == Cardinality.MANY;
    boolean isMessage = descriptor.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (!isMessage || descriptor.isMapField() || descriptor.isRepeated() != many) {
      mismatches.add(
          path,
          many
              ? "a repeated message, because there may be many '" + meaning.alias() + "'"
              : "one message, because there is at most one '" + meaning.alias() + "'",
          MessageScalars.shape(descriptor));
      return Optional.empty();
    }
    Message member =
        prototype.newBuilderForType().newBuilderForField(descriptor).getDefaultInstanceForType();
    return MessageShape.of(path, member, mismatches)
        .map(
            shape ->
                new AliasField(
                    path,
                    meaning.alias(),
                    meaning.model(),
                    meaning.cardinality(),
                    shape,
                    meaning.mayBeAbsent() ? Absence.NULL : Absence.REFUSED));
  }

  Message.Builder builder() {
    return prototype.newBuilderForType();
  }

  /** Those that {@link #fields} are bound to, in the same order. */
  List<FieldDescriptor> descriptors() {
    return descriptors;
  }

  @Override
  public List<ViewField> fields() {
    return fields;
  }

  @Override
  public Object make(View view) {
    Message.Builder builder = prototype.newBuilderForType();
    for (int i = 0; i < descriptors.size(); i++) {
      Object value = fields.get(i).read(view);
      if (value != null) {
        builder.setField(descriptors.get(i), value);
      }
    }
    return builder.build();
  }
}
