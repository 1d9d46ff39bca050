package dev.overseer.formats.references;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.ColumnPath;
import dev.overseer.model.ColumnPath.Step;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnPathTest {

  @Test
  void a_name_alone_is_a_column() {
    assertThat(ColumnPath.parse("order id")).isEqualTo(new ColumnPath("order id", List.of()));
  }

  @Test
  void dots_lead_to_fields_and_brackets_to_elements() {
    assertThat(ColumnPath.parse("details.lines[].sku"))
        .isEqualTo(
            new ColumnPath(
                "details",
                List.of(new Step.Field("lines"), new Step.Elements(), new Step.Field("sku"))));
  }

  @Test
  void a_name_in_quotation_marks_may_hold_anything() {
    assertThat(ColumnPath.parse("\"a.b\".\"say \"\"[]\"\"\""))
        .isEqualTo(new ColumnPath("a.b", List.of(new Step.Field("say \"[]\""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "a.b.c", "a[][].b", "\"a.b\"[]", "a.\"\"\"\"", "a.\"\""})
  void a_path_is_written_as_it_is_read(String text) {
    assertThat(ColumnPath.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a..b | a name is missing at character 3",
        ".a | a name is missing at character 1",
        "a. | a name is missing at character 3",
        "a[0].b | '.' or '[]' is missing at character 2",
        "a->'b' | '.' or '[]' is missing at character 3",
        "a[]b | '.' or '[]' is missing at character 4",
        "a.\"b | a quotation mark is not closed at character 3",
      })
  void what_is_no_path_is_refused_with_the_place(String text, String why) {
    assertThatThrownBy(() -> ColumnPath.parse(text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("in '%s' %s", text, why);
  }

  @Test
  void the_parts_of_one_key_are_in_one_array() {
    ModelName order = new ModelName("order");

    assertThat(ReferenceDefinition.of(order, "lines[].region", "lines[].number").isSeveral())
        .isTrue();
    assertThatThrownBy(() -> ReferenceDefinition.of(order, "regions[]", "numbers[]"))
        .isInstanceOf(InvalidRequest.class);
  }
}
