package dev.overseer.server.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TimestampProto;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.server.protobuf.envelope.ReadingFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The message types of a view: the view with a field for each alias, the records of its models, and
 * the reading around it.
 */
final class ViewType {
  static final String VIEW = "view";
  static final String STANDING = "standing";
  static final String NOTES = "notes";

  private final Map<ModelName, RecordType> records;
  private final Map<String, Integer> numbers;
  private final FileDescriptor file;
  private final String name;

  ViewType(ViewDefinition view, Map<ModelName, RecordType> records) {
    this.records = new TreeMap<>(records);
    this.records.computeIfAbsent(view.root(), ViewType::empty);
    view.joins().forEach(join -> this.records.computeIfAbsent(join.model(), ViewType::empty));
    this.name = FieldNames.type(view.name().value());
    this.numbers = FieldNumbers.of(new TreeSet<>(view.aliases()));
    this.file = built(file(view));
  }

  /** Of a table that sent no schema yet. */
  private static RecordType empty(ModelName model) {
    return RecordType.of(model.value(), List.of());
  }

  private FileDescriptorProto file(ViewDefinition view) {
    FileDescriptorProto.Builder proto =
        FileDescriptorProto.newBuilder()
            .setName("overseer/" + FieldNames.field(view.name().value()) + ".proto")
            .setPackage("overseer." + FieldNames.field(view.name().value()))
            .setSyntax("proto3")
            .addDependency(TimestampProto.getDescriptor().getName())
            .addDependency(ReadingFile.getDescriptor().getName())
            .addMessageType(readingDescriptor())
            .addMessageType(viewDescriptor(view));
    records.values().forEach(record -> proto.addMessageType(record.descriptor()));
    return proto.build();
  }

  private DescriptorProto readingDescriptor() {
    return DescriptorProto.newBuilder()
        .setName(name + "Reading")
        .addField(message(VIEW, 1, name + "View", Label.LABEL_OPTIONAL))
        .addField(message(STANDING, 2, ".overseer.Standing", Label.LABEL_OPTIONAL))
        .addField(message(NOTES, 3, ".overseer.Note", Label.LABEL_REPEATED))
        .build();
  }

  private DescriptorProto viewDescriptor(ViewDefinition view) {
    DescriptorProto.Builder descriptor =
        DescriptorProto.newBuilder()
            .setName(name + "View")
            .addField(member(view.rootAlias(), view.root(), Label.LABEL_OPTIONAL));
    for (Join join : view.joins()) {
      descriptor.addField(
          member(
              join.alias(),
              join.model(),
              join.many() ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL));
    }
    view.totals().forEach(total -> descriptor.addField(total(total)));
    return descriptor.build();
  }

  private FieldDescriptorProto total(ViewDefinition.Total total) {
    return message(
        FieldNames.field(total.alias()),
        numbers.getOrDefault(total.alias(), 0),
        ".overseer.Total",
        total.isOfSeveralWindows() ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
  }

  private FieldDescriptorProto member(String alias, ModelName model, Label label) {
    return message(
        FieldNames.field(alias), numbers.getOrDefault(alias, 0), record(model).name(), label);
  }

  private static FieldDescriptorProto message(String name, int number, String type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(label)
        .setType(Type.TYPE_MESSAGE)
        .setTypeName(type)
        .build();
  }

  private static FileDescriptor built(FileDescriptorProto proto) {
    try {
      return FileDescriptor.buildFrom(
          proto,
          new FileDescriptor[] {TimestampProto.getDescriptor(), ReadingFile.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new InvalidRequest(
          "Two names of the view cannot be told apart in protobuf, where only letters, digits and"
              + " '_' count: "
              + e.getMessage(),
          e);
    }
  }

  RecordType record(ModelName model) {
    return records.computeIfAbsent(model, ViewType::empty);
  }

  Descriptor reading() {
    return file.findMessageTypeByName(name + "Reading");
  }

  Descriptor view() {
    return file.findMessageTypeByName(name + "View");
  }

  Descriptor type(RecordType record) {
    return file.findMessageTypeByName(record.name());
  }

  /** With everything that it depends on, each file before those that import it. */
  FileDescriptorSet descriptors() {
    return FileDescriptorSet.newBuilder()
        .addFile(TimestampProto.getDescriptor().toProto())
        .addFile(ReadingFile.getDescriptor().toProto())
        .addFile(file.toProto())
        .build();
  }
}
