package dev.overseer.runner;

import static dev.overseer.checks.ExecutionStrategy.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Selection;
import dev.overseer.model.CheckName;
import dev.overseer.model.Operation;
import dev.overseer.runner.SmallExchange.Booking;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever decides for which triggers and cuts a check is judged makes another definition of it.
 */
class DefinitionTextTest {
  private static final DefinitionHash PLAIN = hash(declared());

  private static CheckDeclaration<Booking> declared() {
    return new CheckDeclaration<>(
        new CheckName("booked"), Booking.class, (view, judging) -> Outcome.passed());
  }

  private static DefinitionHash hash(CheckDeclaration<?> check) {
    return text(check).hash();
  }

  private static DefinitionText text(CheckDeclaration<?> check) {
    return DefinitionText.of(check.definition(), SmallExchange.DEFINITIONS, Map.of(), Map.of());
  }

  @Test
  void a_check_that_rows_trigger_which_existed_before_is_another() {
    assertThat(hash(declared().fromSnapshot())).isNotEqualTo(PLAIN);
  }

  @Test
  void a_check_that_only_some_operations_trigger_is_another() {
    Selection inserts = (alias, operation) -> operation == Operation.INSERT;

    assertThat(hash(declared().select(inserts))).isNotEqualTo(PLAIN);
    assertThat(text(declared().select(inserts)).toString())
        .contains("selected of withdrawal: [INSERT]", "selected of entries: [INSERT]");
  }

  @Test
  void a_selection_is_known_by_what_it_selects() {
    Selection same = (alias, operation) -> operation != Operation.SNAPSHOT;

    assertThat(hash(declared().select(same))).isEqualTo(PLAIN);
  }

  @Test
  void every_other_part_of_the_declaration_that_decides_makes_another() {
    assertThat(
            Set.of(
                PLAIN,
                hash(declared().triggeredBy("withdrawal")),
                hash(declared().strategy(after(Duration.ofSeconds(1)))),
                hash(declared().ignoreOrphans()),
                hash(declared().callsOut())))
        .hasSize(5);
  }

  @Test
  void whether_a_check_calls_out_can_be_read_off_its_definition() {
    assertThat(text(declared()).toString()).doesNotContain("calls out");
    assertThat(text(declared().callsOut()).toString()).contains("calls out");
  }
}
