package dev.overseer.server.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordState;
import dev.overseer.model.SchemaReader.Column;
import dev.overseer.model.Value;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.server.protobuf.RecordType.RecordField;
import dev.overseer.server.protobuf.envelope.Note;
import dev.overseer.server.protobuf.envelope.Standing;
import dev.overseer.views.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A view as protobuf. Null, unknown and what a field cannot hold leave the field not set, and a
 * note tells them apart. Immutable; safe for many threads.
 */
public final class ViewEncoding {
  private final ViewDefinition definition;
  private final ViewType type;

  /**
   * @param columns of each model: those of all schemas that its records were written under, the
   *     newest first
   */
  public ViewEncoding(ViewDefinition definition, Map<ModelName, List<Column>> columns) {
    this.definition = definition;
    Map<ModelName, RecordType> records = new TreeMap<>();
    columns.forEach((model, all) -> records.put(model, RecordType.of(model.value(), all)));
    this.type = new ViewType(definition, records);
  }

  /** A {@code google.protobuf.FileDescriptorSet}; the reading's type is the last file's first. */
  public byte[] descriptors() {
    return type.descriptors().toByteArray();
  }

  /**
   * The reading.
   *
   * @param columns of the schema that a present member's last update was written under
   * @param notes on the view's records; those of values that do not fit come after them
   */
  public byte[] encode(
      View view, Function<View.Member, List<Column>> columns, Standing standing, List<Note> notes) {
    List<Note> all = new ArrayList<>(notes);
    DynamicMessage.Builder encoded = DynamicMessage.newBuilder(type.view());
    set(encoded, definition.rootAlias(), record(definition.rootAlias(), view.root(), columns, all));
    for (Join join : definition.joins()) {
      List<View.Member> members = view.members().getOrDefault(join.alias(), List.of());
      if (join.many()) {
        FieldDescriptor field = field(type.view(), FieldNames.field(join.alias()));
        for (View.Member member : members) {
          record(join.alias(), member, columns, all)
              .ifPresent(record -> encoded.addRepeatedField(field, record));
        }
      } else if (members.size() > 1) {
        all.add(ambiguous(join, members));
      } else if (!members.isEmpty()) {
        set(encoded, join.alias(), record(join.alias(), members.getFirst(), columns, all));
      }
    }
    for (ViewDefinition.Total total : definition.totals()) {
      FieldDescriptor field = field(type.view(), FieldNames.field(total.alias()));
      TotalEncoding.encode(view.totals().getOrDefault(total.alias(), List.of()))
          .forEach(
              it -> {
                if (field.isRepeated()) {
                  encoded.addRepeatedField(field, it);
                } else {
                  encoded.setField(field, it);
                }
              });
    }
    return reading(encoded.build(), standing, all);
  }

  private byte[] reading(DynamicMessage view, Standing standing, List<Note> notes) {
    Descriptor reading = type.reading();
    DynamicMessage.Builder message =
        DynamicMessage.newBuilder(reading)
            .setField(field(reading, ViewType.VIEW), view)
            .setField(field(reading, ViewType.STANDING), standing);
    notes.forEach(note -> message.addRepeatedField(field(reading, ViewType.NOTES), note));
    return message.build().toByteArray();
  }

  private Optional<DynamicMessage> record(
      String alias,
      View.Member member,
      Function<View.Member, List<Column>> columns,
      List<Note> notes) {
    if (!(member.state() instanceof RecordState.Present present)) {
      return Optional.empty();
    }
    RecordType record = type.record(member.key().model());
    Descriptor descriptor = type.type(record);
    DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor);
    for (Column column : columns.apply(member)) {
      Optional<RecordField> field = record.find(column);
      Value value = present.value(column.name());
      if (field.isPresent() && isKnown(value)) {
        field
            .get()
            .type()
            .value(value)
            .ifPresentOrElse(
                it -> message.setField(field(descriptor, field.get().field()), it),
                () -> notes.add(unfit(alias, member, column.name(), value)));
      }
    }
    return Optional.of(message.build());
  }

  private static boolean isKnown(Value value) {
    return !(value instanceof Value.Null) && !(value instanceof Value.Unknown);
  }

  private static void set(
      DynamicMessage.Builder message, String alias, Optional<DynamicMessage> record) {
    record.ifPresent(
        it -> message.setField(field(message.getDescriptorForType(), FieldNames.field(alias)), it));
  }

  private static FieldDescriptor field(Descriptor descriptor, String name) {
    FieldDescriptor field = descriptor.findFieldByName(name);
    if (field == null) {
      throw new InvariantViolated("%s has no field %s".formatted(descriptor.getFullName(), name));
    }
    return field;
  }

  private static Note unfit(String alias, View.Member member, String column, Value value) {
    return Note.newBuilder()
        .setAlias(alias)
        .setRecord(member.key().toString())
        .setColumn(column)
        .setStatus("unfit")
        .setReason(value instanceof Value.Text(String text) ? text : "")
        .build();
  }

  private static Note ambiguous(Join join, List<View.Member> members) {
    return Note.newBuilder()
        .setAlias(join.alias())
        .setStatus("ambiguous")
        .setReason(
            "there are %d: %s"
                .formatted(members.size(), members.stream().map(View.Member::key).toList()))
        .build();
  }
}
