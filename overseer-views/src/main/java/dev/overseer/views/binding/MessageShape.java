package dev.overseer.views.binding;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A protobuf message whose fields are named like columns. */
final class MessageShape implements MemberShape {
  private static final String REMEDY = "make the field optional";

  private final Message prototype;
  private final List<FieldDescriptor> descriptors;
  private final List<ScalarField> fields;

  private MessageShape(
      Message prototype, List<FieldDescriptor> descriptors, List<ScalarField> fields) {
    this.prototype = prototype;
    this.descriptors = List.copyOf(descriptors);
    this.fields = List.copyOf(fields);
  }

  static Optional<MemberShape> of(String path, Message prototype, Mismatches mismatches) {
    List<FieldDescriptor> descriptors = prototype.getDescriptorForType().getFields();
    List<ScalarField> fields = new ArrayList<>();
    for (FieldDescriptor descriptor : descriptors) {
      field(path + "." + descriptor.getName(), descriptor, prototype, mismatches)
          .ifPresent(fields::add);
    }
    return fields.size() == descriptors.size()
        ? Optional.of(new MessageShape(prototype, descriptors, fields))
        : Optional.empty();
  }

  private static Optional<ScalarField> field(
      String path, FieldDescriptor descriptor, Message prototype, Mismatches mismatches) {
    Absence absence = descriptor.hasPresence() ? Absence.NULL : Absence.REFUSED;
    return new MessageDocuments(mismatches)
        .find(path, descriptor, prototype)
        .map(scalar -> new ScalarField(path, descriptor.getName(), scalar, absence, REMEDY));
  }

  @Override
  public List<ScalarField> fields() {
    return fields;
  }

  /** Hears of a field that could not be set although there may be something. */
  @FunctionalInterface
  interface Leaving {
    void leave(String field, String status, String reason);
  }

  /** Of what can be told and held; null is not set, as is an unknown value of a known column. */
  Message encode(RecordKey record, RecordState.Present state, Leaving leaving) {
    Message.Builder builder = prototype.newBuilderForType();
    for (int i = 0; i < descriptors.size(); i++) {
      ScalarField field = fields.get(i);
      switch (field.column().in(state)) {
        case Value.Null _ -> {}
        case Value.Unknown(String why) -> {
          if (!field.column().isIn(state)) {
            leaving.leave(field.field(), "unknown", why);
          }
        }
        case Value.Bool _,
            Value.Number _,
            Value.Text _,
            Value.Time _,
            Value.Bytes _,
            Value.Items _,
            Value.Document _ ->
            set(builder, descriptors.get(i), field, record, state, leaving);
      }
    }
    return builder.build();
  }

  private static void set(
      Message.Builder builder,
      FieldDescriptor descriptor,
      ScalarField field,
      RecordKey record,
      RecordState.Present state,
      Leaving leaving) {
    try {
      Object value = field.read(record, state);
      if (value != null) {
        builder.setField(descriptor, value);
      }
    } catch (InvalidRequest unfit) {
      leaving.leave(field.field(), "unfit", String.valueOf(unfit.getMessage()));
    }
  }

  @Override
  public Object make(RecordKey record, RecordState.Present state) {
    Message.Builder builder = prototype.newBuilderForType();
    for (int i = 0; i < descriptors.size(); i++) {
      Object value = fields.get(i).read(record, state);
      if (value != null) {
        builder.setField(descriptors.get(i), value);
      }
    }
    return builder.build();
  }
}
