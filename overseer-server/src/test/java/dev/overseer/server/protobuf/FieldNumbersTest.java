package dev.overseer.server.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldNumbersTest {

  @Test
  void a_number_is_told_by_the_name_alone_whatever_other_names_there_are() {
    Map<String, Integer> two = numbers("amount:decimal", "id:decimal");
    Map<String, Integer> others = numbers("a:string", "amount:decimal", "zone:string");

    assertThat(two.get("amount:decimal")).isEqualTo(others.get("amount:decimal"));
    assertThat(two).containsEntry("amount:decimal", 145_872_107);
  }

  @Test
  void no_two_names_get_one_number_and_none_a_reserved_one() {
    Map<String, Integer> many =
        FieldNumbers.of(
            IntStream.range(0, 50_000)
                .mapToObj(i -> "column" + i)
                .collect(Collectors.toCollection(TreeSet::new)));

    assertThat(many.values()).doesNotHaveDuplicates();
    assertThat(many.values())
        .allMatch(it -> it >= 1 && it < 1 << 29 && (it < 19_000 || it > 19_999));
  }

  private static Map<String, Integer> numbers(String... names) {
    return FieldNumbers.of(new TreeSet<>(List.of(names)));
  }
}
