package dev.overseer.runner.transitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
  private static final Path REFERENCE = Path.of("../docs/reference/violations.md");

  @Test
  void the_reference_shows_the_table_as_it_is() throws IOException {
    List<String> rows =
        Files.readAllLines(REFERENCE).stream()
            .filter(line -> line.matches("\\| \\w+ \\| .* \\| (yes|no) \\| .*"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(TransitionTable.steps().stream().map(this::row).toList());
  }

  @Test
  void a_cause_has_one_row_in_a_state() {
    assertThat(TransitionTable.steps())
        .extracting(step -> step.from() + " " + step.cause())
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_closed_opens_again_in_place_and_in_no_other_way() {
    assertThat(TransitionTable.steps())
        .filteredOn(step -> step.from().isClosed())
        .allMatch(step -> step.cause() == Cause.FAILED && step.to() == State.OPEN);
  }

  @Test
  void whoever_asks_for_the_impossible_learns_what_is_possible() {
    assertThatThrownBy(
            () ->
                TransitionTable.get(
                    State.HEALED, new HumanAction.Acknowledge("asked the bank"), "it"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Cannot acknowledge it: it is healed. Possible now: nothing");
  }

  private String row(Step step) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            step.from().word(),
            step.cause().word(),
            step.to().word(),
            step.told() ? "yes" : "no",
            step.meaning());
  }
}
