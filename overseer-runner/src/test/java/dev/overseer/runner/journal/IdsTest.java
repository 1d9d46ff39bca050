package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.verdict;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final RecordKey ROOT = withdrawal("4711");

  @Test
  void a_judgement_has_one_id_whatever_came_of_it() {
    assertThat(VerdictId.of(verdict(ROOT, 1, Outcome.passed())))
        .isEqualTo(VerdictId.of(verdict(ROOT, 1, new Outcome.Errored("it threw"))));
  }

  @Test
  void another_trigger_cut_root_or_completeness_is_another_judgement() {
    Verdict one = verdict(ROOT, 1, Outcome.passed());
    Verdict provisional =
        new Verdict(
            one.check(),
            one.definition(),
            one.root(),
            one.trigger(),
            one.cut(),
            new Verdict.Completeness.Provisional(List.of()),
            one.outcome());

    assertThat(
            List.of(
                VerdictId.of(one),
                VerdictId.of(provisional),
                VerdictId.of(verdict(ROOT, 2, Outcome.passed())),
                VerdictId.of(verdict(withdrawal("4712"), 1, Outcome.passed()))))
        .doesNotHaveDuplicates();
  }

  @Test
  void parts_of_a_key_do_not_run_together() {
    ModelName model = new ModelName("position");

    assertThat(ViolationId.of(CHECK, RecordKey.of(model, "a,b")))
        .isNotEqualTo(ViolationId.of(CHECK, RecordKey.of(model, "a", "b")));
  }

  @Test
  void an_id_may_be_typed_in_capitals() {
    ViolationId id = ViolationId.of(CHECK, ROOT);

    assertThat(new ViolationId(id.hex().toUpperCase(Locale.ROOT))).isEqualTo(id);
  }

  @Test
  void what_cannot_be_an_id_is_refused_with_what_it_should_look_like() {
    assertThatThrownBy(() -> new ViolationId("4711"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("32 hexadecimal digits")
        .hasMessageContaining("4711");
  }
}
