package dev.overseer.formats.references;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceReaderTest {
  private static final ModelName TARGET = new ModelName("target");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.id    | {\"id\": \"x 1\"}                       | x 1",
        "a.id    | {\"id\": 42}                            | 42",
        "a.id    | {\"id\": 42.0}                          | 42",
        "a.id    | {\"id\": 4.2e1}                         | 42",
        "a.id    | {\"id\": 100}                           | 100",
        "a.id    | {\"id\": -0}                            | 0",
        "a.id    | {\"id\": 12345678901234567890.12345678900} | 12345678901234567890.123456789",
        "a.id    | {\"id\": true}                          | true",
        "a.id    | {\"id\": 1, \"id\": 2}                  | 2",
        "a.b.id  | {\"b\": {\"id\": \"\\u00e9\"}, \"id\": 1} | é",
        "a.\"b.c\" | {\"b.c\": 7}                          | 7",
        "a[]     | [1, \"2\", null, 1.0]                   | 1;2",
        "a[].id  | [{\"id\": 1}, {}, {\"id\": null}, {\"id\": 2}] | 1;2",
        "a.b[].c[].id | {\"b\": [{\"c\": [{\"id\": 1}]}, {\"c\": []}, {\"c\": [{\"id\": 2},"
            + " {\"id\": 3}]}]} | 1;2;3",
        "a[]     | {}                                      | ``",
        "a[]     | {1,NULL,\"NULL\",\"a,b\",\"q\\\"\\\\\"} | 1;NULL;a,b;q\"\\",
        "a[]     | {{1,2},{3,4}}                           | 1;2;3;4",
        "a[]     | [0:1]={5,6}                             | 5;6",
        "a[].id  | {\"{\\\"id\\\": 1}\",NULL,\"{\\\"id\\\": 2}\"} | 1;2",
        "a.id    | {}                                      | ``",
        "a.id    | {\"id\": null}                          | ``",
        "a.id    | null                                    | ``",
        "a.b.id  | {\"b\": null}                           | ``",
        "a[]     | null                                    | ``",
        "a       | [1]                                     | [1]",
      })
  void a_path_leads_to_keys(String path, String text, String keys) {
    Pointing pointing = read(path, text);

    assertThat(pointing.untold()).isEmpty();
    assertThat(keys(pointing)).isEqualTo(keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.id   | {\"id\": 1           | column 'a' holds no JSON",
        "a.id   | no JSON              | column 'a' holds no JSON",
        "a.id   | 1 2                  | column 'a' holds no JSON",
        "a.id   | ``                   | column 'a' holds no JSON",
        "a.id   | {\"id\": 1e99999999999} | column 'a' holds no JSON",
        "a.id   | 1                    | on the way of 'a.id' there is a number where 'id' should"
            + " be in an object",
        "a.id   | [{\"id\": 1}]        | on the way of 'a.id' there is an array where 'id' should"
            + " be in an object",
        "a.b[]  | {\"b\": {\"c\": 1}}  | on the way of 'a.b[]' there is an object where an array"
            + " should be",
        "a.id   | {\"id\": {\"b\": 1}} | at 'a.id' there is an object, not a value",
        "a.id   | {\"id\": 1e100000}   | at 'a.id' there is a number too large for a key",
        "a[]    | {1,2                 | the array in column 'a' cannot be read",
        "a[]    | {1,}                 | the array in column 'a' cannot be read",
        "a[].id | {x}                  | column 'a' holds no JSON",
      })
  void what_does_not_fit_the_path_is_not_guessed_at(String path, String text, String why) {
    assertThat(read(path, text).untold()).containsExactly(why);
    assertThat(read(path, text).targets()).isEmpty();
  }

  @Test
  void what_can_be_told_of_an_array_is_told_beside_what_cannot() {
    Pointing pointing = read("a[].id", "[{\"id\": 1}, {\"id\": []}, {\"id\": 2}]");

    assertThat(keys(pointing)).isEqualTo("1;2");
    assertThat(pointing.untold()).containsExactly("at 'a[].id' there is an array, not a value");
  }

  @Test
  void the_parts_of_a_key_come_from_one_element_and_from_the_row() {
    ReferenceDefinition reference =
        ReferenceDefinition.of(TARGET, "region", "a.lines[].number", "a.year");
    Map<String, ColumnText> row =
        Map.of(
            "region", new ColumnText.Sent("eu"),
            "a",
                new ColumnText.Sent(
                    "{\"year\":2026,\"lines\":[{\"number\":1},{\"number\":2},{}]}"));

    assertThat(read(reference, row).targets())
        .containsExactly(
            RecordKey.of(TARGET, "eu", "1", "2026"), RecordKey.of(TARGET, "eu", "2", "2026"));
  }

  @Test
  void a_key_of_which_a_part_is_null_is_none_whatever_the_rest() {
    ReferenceDefinition reference = ReferenceDefinition.of(TARGET, "a.id", "b");
    Map<String, ColumnText> row =
        Map.of("a", new ColumnText.Untold("not sent"), "b", ColumnText.NULL);

    assertThat(read(reference, row).targets()).isEmpty();
    assertThat(read(reference, row).untold()).isEmpty();
  }

  @Test
  void what_was_not_sent_is_not_told() {
    ColumnText unsent = new ColumnText.Untold("column 'a' is unknown");

    assertThat(ReferenceReader.read(ReferenceDefinition.of(TARGET, "a[].id"), _ -> unsent))
        .isEqualTo(ReferenceReader.read(ReferenceDefinition.of(TARGET, "a"), _ -> unsent));
    assertThat(ReferenceReader.read(ReferenceDefinition.of(TARGET, "a"), _ -> unsent).untold())
        .containsExactly("column 'a' is unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.id", "a[].id", "a.b[].c[]", "a[]"})
  void damaged_documents_are_read_or_not_told_and_nothing_else(String path) {
    String[] documents = {
      "{\"id\":1,\"b\":[{\"c\":[1,2,\"x\"]}]}", "[{\"id\":\"\\u00e9\"},{\"id\":1e3}]",
      "{a,\"b\\\"\",{NULL,c}}", "[1:2]={1,2}"
    };
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(documents[i % documents.length]);
      for (int j = random.nextInt(3); j >= 0; j--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, "{}[]\",:\\0e.".charAt(random.nextInt(11)));
        }
      }
      assertThat(read(path, text.toString())).isNotNull();
    }
  }

  @Test
  void documents_nested_without_end_are_not_told() {
    assertThat(read("a.id", "[".repeat(100_000)).untold()).isNotEmpty();
    assertThat(read("a[]", "{".repeat(100_000)).untold()).isNotEmpty();
  }

  private static Pointing read(String path, String text) {
    return ReferenceReader.read(
        ReferenceDefinition.of(TARGET, path), _ -> new ColumnText.Sent(text));
  }

  private static Pointing read(ReferenceDefinition reference, Map<String, ColumnText> row) {
    return ReferenceReader.read(
        reference, column -> row.getOrDefault(column, new ColumnText.Untold("no such column")));
  }

  private static String keys(Pointing pointing) {
    return String.join(
        ";", pointing.targets().stream().map(key -> List.copyOf(key.values()).getFirst()).toList());
  }
}
