package dev.overseer.server.reading;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.server.reading.SampleLog.WITHDRAWALS;
import static dev.overseer.server.reading.SampleLog.at;
import static dev.overseer.server.reading.SampleLog.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.server.reading.Readings.What;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readings as another language sees them: bytes, and the descriptors served beside them. */
class EncodedReadingTest {
  private static final Question BOOKING = Question.latest("withdrawal-booking", "42");

  private final SampleLog sample = SampleLog.ofOneWithdrawal();

  @Test
  void a_view_is_read_with_the_descriptor_beside_it_and_decimals_are_strings() throws Exception {
    Message reading = read(What.VIEW, BOOKING.asOf(time(399)));
    Message view = message(reading, "view");
    Message entry = messages(view, "entries").getFirst();
    Message standing = message(reading, "standing");

    assertThat(text(message(view, "withdrawal"), "status")).isEqualTo("completed");
    assertThat(text(entry, "amount")).isEqualTo("1.1000000000000001");
    assertThat(field(standing, "covered")).isEqualTo(true);
    assertThat(Timestamp.parseFrom(message(standing, "as_of").toByteString()).getNanos())
        .isEqualTo(399_000);
    assertThat(messages(standing, "sources"))
        .extracting(source -> text(source, "source"))
        .containsExactly("ledger", "payments");
  }

  @Test
  void null_and_unknown_are_fields_not_set_that_a_note_tells_apart() throws Exception {
    sample.payments.commit(at(400), update(WITHDRAWALS, "43", "2", null, UNCHANGED));
    Message reading = read(What.RECORD, Question.latest("withdrawal", "43"));
    Message record = message(message(reading, "view"), "withdrawal");

    assertThat(isSet(record, "amount")).isTrue();
    assertThat(isSet(record, "status")).isFalse();
    assertThat(isSet(record, "note")).isFalse();
    assertThat(messages(reading, "notes"))
        .extracting(note -> text(note, "column") + " " + text(note, "status"))
        .containsExactly(" present", "status null", "note unknown");
  }

  @Test
  void a_field_keeps_its_number_as_columns_come_and_go_and_one_of_another_type_is_another()
      throws Exception {
    FieldDescriptor amount = column(sample.readings(), "amount");
    PgTable altered =
        PgTable.of(
            "payments", 1, "public.withdrawals", "id int8 key", "amount numeric", "status bool");
    sample.payments.commit(at(2000), insert(altered, "50", "7", "t"));
    Readings readings = sample.readings();
    Message old = read(What.RECORD, Question.latest("withdrawal", "42"));

    assertThat(column(readings, "amount").getNumber()).isEqualTo(amount.getNumber());
    assertThat(column(readings, "status").getType()).isEqualTo(FieldDescriptor.Type.BOOL);
    assertThat(text(message(message(old, "view"), "withdrawal"), "status_string"))
        .as("written under the schema of before")
        .isEqualTo("completed");
  }

  @Test
  void what_a_field_cannot_hold_is_told_beside_it() throws Exception {
    PgTable timed =
        PgTable.of("payments", 1, "public.withdrawals", "id int8 key", "due timestamptz");
    sample.payments.commit(at(2000), insert(timed, "51", "infinity"));
    sample.payments.commit(at(2001), insert(timed, "52", "2026-01-02 03:04:05+00"));

    Message endless = read(What.RECORD, Question.latest("withdrawal", "51"));
    Message timely = read(What.RECORD, Question.latest("withdrawal", "52"));

    assertThat(messages(endless, "notes").getLast().toString()).contains("unfit", "infinity");
    assertThat(isSet(message(message(timely, "view"), "withdrawal"), "due")).isTrue();
  }

  private Message read(What what, Question question) throws Exception {
    Readings readings = sample.readings();
    Descriptor type = last(readings.descriptors(what, question)).getMessageTypes().getFirst();
    return DynamicMessage.parseFrom(type, readings.message(what, question));
  }

  private static FieldDescriptor column(Readings readings, String name) throws Exception {
    return last(readings.descriptors(What.RECORD, "withdrawal"))
        .findMessageTypeByName("WithdrawalRecord")
        .findFieldByName(name);
  }

  /** The files are in such an order that each is after those that it imports. */
  private static FileDescriptor last(byte[] set) throws Exception {
    List<FileDescriptor> files = new ArrayList<>();
    for (FileDescriptorProto file : FileDescriptorSet.parseFrom(set).getFileList()) {
      files.add(FileDescriptor.buildFrom(file, files.toArray(new FileDescriptor[0]), true));
    }
    return files.getLast();
  }

  private static Object field(Message message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static boolean isSet(Message message, String name) {
    return message.hasField(message.getDescriptorForType().findFieldByName(name));
  }

  private static String text(Message message, String name) {
    return (String) field(message, name);
  }

  private static Message message(Message message, String name) {
    return (Message) field(message, name);
  }

  private static List<Message> messages(Message message, String name) {
    return ((List<?>) field(message, name)).stream().map(Message.class::cast).toList();
  }
}
