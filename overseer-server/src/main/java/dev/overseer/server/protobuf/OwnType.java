package dev.overseer.server.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.overseer.model.InvariantViolated;
import dev.overseer.server.protobuf.envelope.Note;
import dev.overseer.server.protobuf.envelope.ReadingFile;
import dev.overseer.server.protobuf.envelope.Standing;
import dev.overseer.views.View;
import dev.overseer.views.binding.MessageEncoder;
import dev.overseer.views.binding.MessageEncoder.LeftOut;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A message type of the user's own, in the envelope that every reading has. Immutable; safe for
 * many threads.
 */
public final class OwnType {
  private static final int CONTENT = 1;
  private static final int STANDING = 2;
  private static final int NOTES = 3;

  private final MessageEncoder encoder;
  private final FileDescriptor file;

  /**
   * @param content the name of the envelope's first field
   */
  public OwnType(Descriptor type, MessageEncoder encoder, String content) {
    this.encoder = encoder;
    this.file = file(type, content);
  }

  private static FileDescriptor file(Descriptor type, String content) {
    DescriptorProto reading =
        DescriptorProto.newBuilder()
            .setName(type.getName() + "Reading")
            .addField(field(content, CONTENT, type, Label.LABEL_OPTIONAL))
            .addField(field("standing", STANDING, Standing.getDescriptor(), Label.LABEL_OPTIONAL))
            .addField(field("notes", NOTES, Note.getDescriptor(), Label.LABEL_REPEATED))
            .build();
    FileDescriptorProto proto =
        FileDescriptorProto.newBuilder()
            .setName("overseer/own/" + FieldNames.field(type.getFullName()) + ".proto")
            .setPackage("overseer.own")
            .setSyntax("proto3")
            .addDependency(type.getFile().getName())
            .addDependency(ReadingFile.getDescriptor().getName())
            .addMessageType(reading)
            .build();
    try {
      return FileDescriptor.buildFrom(
          proto, new FileDescriptor[] {type.getFile(), ReadingFile.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new InvariantViolated("An envelope cannot be made of " + type.getFullName(), e);
    }
  }

  private static FieldDescriptorProto field(String name, int number, Descriptor type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(label)
        .setType(Type.TYPE_MESSAGE)
        .setTypeName("." + type.getFullName())
        .build();
  }

  /** Each file before those that import it; the reading's type is the last one's first. */
  public byte[] descriptors() {
    Set<FileDescriptor> files = new LinkedHashSet<>();
    addWithImports(file, files);
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.forEach(it -> set.addFile(it.toProto()));
    return set.build().toByteArray();
  }

  private static void addWithImports(FileDescriptor file, Set<FileDescriptor> files) {
    file.getDependencies().forEach(imported -> addWithImports(imported, files));
    files.add(file);
  }

  /**
   * The reading.
   *
   * @param notes on the view's records; those of what the message cannot hold come after them
   */
  public byte[] encode(View view, Standing standing, List<Note> notes) {
    List<Note> all = new ArrayList<>(notes);
    DynamicMessage.Builder reading = DynamicMessage.newBuilder(type());
    encoder
        .encode(view, leftOut -> all.add(note(leftOut)))
        .ifPresent(content -> reading.setField(field(CONTENT), content));
    reading.setField(field(STANDING), standing);
    all.forEach(note -> reading.addRepeatedField(field(NOTES), note));
    return reading.build().toByteArray();
  }

  private Descriptor type() {
    return file.getMessageTypes().getFirst();
  }

  private FieldDescriptor field(int number) {
    return type().findFieldByNumber(number);
  }

  private static Note note(LeftOut leftOut) {
    return Note.newBuilder()
        .setAlias(leftOut.alias())
        .setRecord(leftOut.record())
        .setColumn(leftOut.field())
        .setStatus(leftOut.status())
        .setReason(leftOut.reason())
        .build();
  }
}
