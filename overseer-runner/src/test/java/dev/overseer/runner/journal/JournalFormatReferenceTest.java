package dev.overseer.runner.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.overseer.runner.journal.wire.JournalWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JournalFormatReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/journal-format.md");

  @Test
  void the_reference_names_every_field_as_it_is_stored() throws IOException {
    List<String> rows =
        Files.readAllLines(REFERENCE).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows).containsExactlyElementsOf(stored().toList());
  }

  private static Stream<String> stored() {
    Stream<String> fields =
        JournalWire.getDescriptor().getMessageTypes().stream()
            .map(Descriptor::getFields)
            .flatMap(List::stream)
            .map(
                field ->
                    row(
                        field.getContainingType().getName(),
                        field.getNumber(),
                        field.getName(),
                        type(field)));
    Stream<String> constants =
        JournalWire.getDescriptor().getEnumTypes().stream()
            .map(EnumDescriptor::getValues)
            .flatMap(List::stream)
            .map(
                value ->
                    row(
                        value.getType().getName(),
                        value.getNumber(),
                        value.getName(),
                        "a constant"));
    return Stream.concat(fields, constants);
  }

  private static String row(String container, int number, String name, String type) {
    return "| `%s` | %d | `%s` | %s |".formatted(container, number, name, type);
  }

  private static String type(FieldDescriptor field) {
    String type =
        switch (field.getJavaType()) {
          case MESSAGE -> "`" + field.getMessageType().getName() + "`";
          case ENUM -> "`" + field.getEnumType().getName() + "`";
          case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
              field.getType().name().toLowerCase(Locale.ROOT);
        };
    return field.isRepeated() ? "repeated " + type : type;
  }
}
