package dev.overseer.server.reading;

import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.server.reading.SampleLog.WITHDRAWALS;
import static dev.overseer.server.reading.SampleLog.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.protobuf.DescriptorSet;
import dev.overseer.server.protobuf.envelope.Note;
import dev.overseer.server.protobuf.envelope.Standing;
import dev.overseer.server.reading.Readings.What;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings as messages whose types the user wrote, and configured. */
class OwnTypeTest {
  private static final Question BOOKING = Question.latest("withdrawal-booking", "42");

  private final SampleLog sample = SampleLog.ofOneWithdrawal();
  @TempDir Path directory;

  @BeforeEach
  void configure() throws Exception {
    Files.write(directory.resolve("bank.binpb"), OwnDescriptors.bytes());
    sample.messages = configured("bank.Booking", "bank.Withdrawal").messages();
  }

  private Configuration configured(String view, String record) {
    String protobuf =
        """
        protobuf:
          descriptors: bank.binpb
          views: { withdrawal-booking: %s }
          records: { withdrawal: %s }
        """
            .formatted(view, record);
    return Configuration.parse("sample", SampleLog.CONFIGURATION + protobuf, directory);
  }

  @Test
  void a_view_is_the_users_message_in_the_envelope_of_every_reading() throws Exception {
    Message reading = read(What.VIEW, BOOKING);
    Message view = message(reading, "view");

    assertThat(view.getDescriptorForType().getFullName()).isEqualTo("bank.Booking");
    assertThat(field(message(view, "withdrawal"), "amount")).isEqualTo("1.10");
    assertThat(((EnumValueDescriptor) field(message(view, "withdrawal"), "status")).getName())
        .isEqualTo("COMPLETED");
    assertThat((List<?>) field(view, "entries"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(field((Message) entry, "amount")).isEqualTo("1.1000000000000001");
              assertThat(field((Message) entry, "withdrawal_id")).isEqualTo(42L);
            });
    assertThat(Standing.parseFrom(message(reading, "standing").toByteString()).getSourcesCount())
        .isEqualTo(2);
  }

  @Test
  void what_is_not_known_or_does_not_fit_is_not_set_and_noted() throws Exception {
    sample.payments.commit(at(2000), update(WITHDRAWALS, "43", "2", "lost in space", UNCHANGED));
    sample.payments.commit(at(2001), update(WITHDRAWALS, "44", null, "requested", UNCHANGED));
    Message strange = read(What.RECORD, Question.latest("withdrawal", "43"));
    Message empty = read(What.RECORD, Question.latest("withdrawal", "44"));

    assertThat(isSet(message(strange, "record"), "status")).isFalse();
    assertThat(isSet(message(strange, "record"), "note")).isFalse();
    assertThat(isSet(message(empty, "record"), "amount")).isFalse();
    assertThat(notes(strange))
        .contains("note unknown", "at unknown", "status unfit")
        .doesNotContain("amount unfit");
    assertThat(notes(empty)).contains("amount null");
  }

  @Test
  void other_views_are_answered_as_before() throws Exception {
    byte[] descriptors = sample.readings().descriptors(What.VIEW, "entry-origin");

    assertThat(FileDescriptorSet.parseFrom(descriptors).getFileList())
        .extracting(FileDescriptorProto::getName)
        .contains("overseer/entry_origin.proto");
  }

  @Test
  void types_that_do_not_fit_are_mistakes_of_the_configuration_each_with_its_place() {
    assertThatThrownBy(() -> configured("bank.Wrong", "bank.Withdrawl"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll(
            "the field Wrong.withdrawl does not fit: it is 'withdrawl'",
            "an alias of view 'withdrawal-booking': withdrawal, entries",
            "did you mean: withdrawal",
            "the field Wrong.entries.amount does not fit: it is a binary floating point",
            "the descriptors have no message 'bank.Withdrawl'",
            "did you mean: bank.Withdrawal");
  }

  @Test
  void names_and_files_that_do_not_exist_are_mistakes_too() {
    String protobuf =
        "protobuf: { descriptors: none.binpb, views: { boking: x }, records: { withdrawl: x } }\n";
    assertThatThrownBy(
            () -> Configuration.parse("sample", SampleLog.CONFIGURATION + protobuf, directory))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll(
            "none.binpb cannot be read",
            "there is no view 'boking'",
            "there is no model 'withdrawl'");
  }

  @Test
  void a_set_without_what_it_imports_says_how_to_make_one() {
    byte[] set =
        FileDescriptorSet.newBuilder()
            .addFile(FileDescriptorProto.newBuilder().setName("a.proto").addDependency("b.proto"))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> DescriptorSet.read(set))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll("it lacks b.proto, which a.proto imports", "--include_imports");
    assertThatThrownBy(() -> DescriptorSet.read(new byte[] {1, 2, 3}))
        .hasMessageContaining("no google.protobuf.FileDescriptorSet");
  }

  private Message read(What what, Question question) throws Exception {
    Readings readings = sample.readings();
    FileDescriptorSet set = FileDescriptorSet.parseFrom(readings.descriptors(what, question));
    FileDescriptorProto last = set.getFileList().getLast();
    Descriptor type =
        DescriptorSet.read(set.toByteArray())
            .find(last.getPackage() + "." + last.getMessageType(0).getName())
            .orElseThrow();
    return DynamicMessage.parseFrom(type, readings.message(what, question));
  }

  private static List<String> notes(Message reading) {
    return ((List<?>) field(reading, "notes"))
        .stream()
            .map(note -> parsed((Message) note))
            .map(note -> note.getColumn() + " " + note.getStatus())
            .toList();
  }

  private static Note parsed(Message note) {
    try {
      return Note.parseFrom(note.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Message message(Message message, String name) {
    return (Message) field(message, name);
  }

  private static Object field(Message message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static boolean isSet(Message message, String name) {
    return message.hasField(message.getDescriptorForType().findFieldByName(name));
  }
}
