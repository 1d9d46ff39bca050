package dev.overseer.server.reading;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;

/**
 * What {@code protoc --include_imports} would write of a user's file:
 *
 * <pre>
 * message Booking { Withdrawal withdrawal = 1; repeated Entry entries = 2; }
 * message Withdrawal { string amount = 1; string note = 2; State status = 3; Timestamp at = 4; }
 * message Entry { string amount = 1; int64 withdrawal_id = 2; }
 * message Wrong { Withdrawal withdrawl = 1; repeated Bad entries = 2; }
 * message Bad { double amount = 1; }
 * enum State { REQUESTED = 0; COMPLETED = 1; }
 * </pre>
 */
public final class OwnDescriptors {
  private OwnDescriptors() {}

  public static byte[] bytes() {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder()
            .setName("bank/booking.proto")
            .setPackage("bank")
            .setSyntax("proto2")
            .addDependency("google/protobuf/timestamp.proto");
    file.addMessageType(
        message(
            "Booking",
            field("withdrawal", 1, Type.TYPE_MESSAGE, ".bank.Withdrawal"),
            repeated("entries", 2, ".bank.Entry")));
    file.addMessageType(
        message(
            "Withdrawal",
            field("amount", 1, Type.TYPE_STRING, ""),
            field("note", 2, Type.TYPE_STRING, ""),
            field("status", 3, Type.TYPE_ENUM, ".bank.State"),
            field("at", 4, Type.TYPE_MESSAGE, ".google.protobuf.Timestamp")));
    file.addMessageType(
        message(
            "Entry",
            field("amount", 1, Type.TYPE_STRING, ""),
            field("withdrawal_id", 2, Type.TYPE_INT64, "")));
    file.addMessageType(
        message(
            "Wrong",
            field("withdrawl", 1, Type.TYPE_MESSAGE, ".bank.Withdrawal"),
            repeated("entries", 2, ".bank.Bad")));
    file.addMessageType(message("Bad", field("amount", 1, Type.TYPE_DOUBLE, "")));
    file.addEnumTypeBuilder()
        .setName("State")
        .addValue(value("REQUESTED", 0))
        .addValue(value("COMPLETED", 1));
    return FileDescriptorSet.newBuilder().addFile(file).build().toByteArray();
  }

  private static EnumValueDescriptorProto value(String name, int number) {
    return EnumValueDescriptorProto.newBuilder().setName(name).setNumber(number).build();
  }

  private static DescriptorProto message(String name, FieldDescriptorProto... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (FieldDescriptorProto field : fields) {
      message.addField(field);
    }
    return message.build();
  }

  private static FieldDescriptorProto repeated(String name, int number, String type) {
    return field(name, number, Type.TYPE_MESSAGE, type).toBuilder()
        .setLabel(Label.LABEL_REPEATED)
        .build();
  }

  private static FieldDescriptorProto field(String name, int number, Type type, String typeName) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setLabel(Label.LABEL_OPTIONAL)
            .setType(type);
    return typeName.isEmpty() ? field.build() : field.setTypeName(typeName).build();
  }
}
