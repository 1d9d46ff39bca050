package dev.overseer.server.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Timestamp;
import dev.overseer.model.SchemaReader.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The message type of one model's records.
 *
 * @param fields by the text that their numbers are told by
 */
record RecordType(String name, Map<String, RecordField> fields) {

  /**
   * A column.
   *
   * @param field its name in the message
   */
  record RecordField(String column, FieldType type, String field, int number) {}

  /**
   * @param columns of all schemas that the records were written under, the newest first
   */
  static RecordType of(String model, Collection<Column> columns) {
    TreeMap<String, Column> told = new TreeMap<>();
    columns.forEach(column -> told.putIfAbsent(text(column.name(), type(column)), column));
    Map<String, Integer> numbers = FieldNumbers.of(new TreeSet<>(told.keySet()));
    Map<String, String> names = names(columns);
    Map<String, RecordField> fields = new TreeMap<>();
    told.forEach(
        (text, column) ->
            fields.put(
                text,
                new RecordField(
                    column.name(),
                    type(column),
                    names.getOrDefault(text, column.name()),
                    numbers.getOrDefault(text, 0))));
    return new RecordType(FieldNames.type(model) + "Record", fields);
  }

  private static String text(String column, FieldType type) {
    return column + ":" + type.word();
  }

  private static FieldType type(Column column) {
    return FieldType.of(column.form());
  }

  /** A name that two have is the newest one's; the others have their type behind it. */
  private static Map<String, String> names(Collection<Column> columns) {
    Map<String, String> names = new TreeMap<>();
    TreeSet<String> taken = new TreeSet<>();
    for (Column column : columns) {
      String text = text(column.name(), type(column));
      if (!names.containsKey(text)) {
        String name = FieldNames.field(column.name());
        while (!taken.add(name)) {
          name += "_" + type(column).word();
        }
        names.put(text, name);
      }
    }
    return names;
  }

  Optional<RecordField> find(Column column) {
    return Optional.ofNullable(fields.get(text(column.name(), type(column))));
  }

  DescriptorProto descriptor() {
    DescriptorProto.Builder descriptor = DescriptorProto.newBuilder().setName(name);
    List<RecordField> inOrder = new ArrayList<>(fields.values());
    for (int i = 0; i < inOrder.size(); i++) {
      RecordField field = inOrder.get(i);
      descriptor.addField(descriptor(field, i));
      descriptor.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.field()));
    }
    return descriptor.build();
  }

  /** With presence, so that it can be not set: in proto3 that is a oneof of its own. */
  private static FieldDescriptorProto descriptor(RecordField field, int oneof) {
    FieldDescriptorProto.Builder descriptor =
        FieldDescriptorProto.newBuilder()
            .setName(field.field())
            .setNumber(field.number())
            .setLabel(Label.LABEL_OPTIONAL)
            .setType(field.type().type())
            .setProto3Optional(true)
            .setOneofIndex(oneof);
    if (field.type().type() == Type.TYPE_MESSAGE) {
      descriptor.setTypeName("." + Timestamp.getDescriptor().getFullName());
    }
    return descriptor.build();
  }
}
