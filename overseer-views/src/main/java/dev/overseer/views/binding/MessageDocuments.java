package dev.overseer.views.binding;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.overseer.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The protobuf types that one value may be bound to, those that hold others included: a message for
 * or a map for a document, a wrapper for a value that may be null, a repeated field for an array.
 */
final class MessageDocuments {
  private static final Set<Class<? extends Value>> DOCUMENT =
      Set.of(Value.Document.class, Value.Text.class);
  private static final Set<String> WRAPPERS =
      Set.of(
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue",
          "google.protobuf.BoolValue",
          "google.protobuf.Int32Value",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.UInt64Value");

  private final Mismatches mismatches;

  MessageDocuments(Mismatches mismatches) {
    this.mismatches = mismatches;
  }

  /** Empty, with a mismatch, when there is none for the field's type. */
  Optional<Scalar> find(String path, FieldDescriptor field, Message owner) {
    return find(path, field, owner, Set.of());
  }

  private Optional<Scalar> find(
      String path, FieldDescriptor field, Message owner, Set<Descriptor> within) {
    if (field.isMapField()) {
      return map(path, field, prototype(field, owner), within);
    }
    Optional<Scalar> one =
        isDocument(field)
            ? message(path, field, prototype(field, owner), within)
            : MessageScalars.find(field);
    if (one.isEmpty() && !isDocument(field)) {
      return refused(path, field);
    }
    return field.isRepeated() ? one.map(DocumentScalars::list) : one;
  }

  private Optional<Scalar> refused(String path, FieldDescriptor field) {
    mismatches.add(path, MessageScalars.expectation(), MessageScalars.refusal(field));
    return Optional.empty();
  }

  private static boolean isDocument(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && WellKnownScalars.find(field.getMessageType().getFullName()).isEmpty();
  }

  /**
   * @param entry the message that one entry of the map is
   */
  private Optional<Scalar> map(
      String path, FieldDescriptor field, Message entry, Set<Descriptor> within) {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    Optional<Scalar> keys = MessageScalars.find(key);
    Optional<Scalar> values = find(path + ".value", value, entry, within);
    return keys.flatMap(
        keyScalar ->
            values.map(
                valueScalar ->
                    new Scalar(
                        "map<%s, %s>".formatted(keyScalar.type(), valueScalar.type()),
                        DOCUMENT,
                        document -> entries(document, entry, keyScalar, valueScalar))));
  }

  private static List<Message> entries(Value document, Message entry, Scalar keys, Scalar values) {
    FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
    FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
    List<Message> entries = new ArrayList<>();
    DocumentScalars.map(document, values)
        .forEach(
            (name, converted) ->
                entries.add(
                    entry
                        .newBuilderForType()
                        .setField(key, keys.conversion().convert(new Value.Text(name)))
                        .setField(value, converted)
                        .build()));
    return entries;
  }

  private static Message prototype(FieldDescriptor field, Message owner) {
    return owner.newBuilderForType().newBuilderForField(field).getDefaultInstanceForType();
  }

  private Optional<Scalar> message(
      String path, FieldDescriptor field, Message prototype, Set<Descriptor> outer) {
    Descriptor type = prototype.getDescriptorForType();
    if (WRAPPERS.contains(type.getFullName())) {
      return MessageScalars.find(type.getFields().getFirst()).map(it -> wrapper(prototype, it));
    }
    if (outer.contains(type) || type.getFile().getPackage().equals("google.protobuf")) {
      return refused(path, field);
    }
    Set<Descriptor> within = new HashSet<>(outer);
    within.add(type);
    List<DocumentField> fields = new ArrayList<>();
    for (FieldDescriptor inner : type.getFields()) {
      find(path + "." + inner.getName(), inner, prototype, within)
          .ifPresent(scalar -> fields.add(field(inner, scalar)));
    }
    return fields.size() == type.getFields().size()
        ? Optional.of(
            new Scalar(
                type.getName(),
                DOCUMENT,
                value -> made(prototype, fields, Documents.fields(value))))
        : Optional.empty();
  }

  private static DocumentField field(FieldDescriptor field, Scalar scalar) {
    return new DocumentField(
        field.getName(),
        new ColumnName(field.getName()),
        scalar,
        field.hasPresence() ? Absence.NULL : Absence.REFUSED);
  }

  private static Scalar wrapper(Message prototype, Scalar wrapped) {
    FieldDescriptor only = prototype.getDescriptorForType().getFields().getFirst();
    return new Scalar(
        prototype.getDescriptorForType().getFullName(),
        wrapped.forms(),
        value ->
            prototype
                .newBuilderForType()
                .setField(only, wrapped.conversion().convert(value))
                .build());
  }

  private static Message made(
      Message prototype, List<DocumentField> fields, Map<String, Value> document) {
    Message.Builder builder = prototype.newBuilderForType();
    for (int i = 0; i < fields.size(); i++) {
      Object value = fields.get(i).read(document);
      if (value != null) {
        builder.setField(prototype.getDescriptorForType().getFields().get(i), value);
      }
    }
    return builder.build();
  }
}
