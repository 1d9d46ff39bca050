package dev.overseer.runner.violations;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static dev.overseer.runner.violations.Desk.fails;
import static dev.overseer.runner.violations.Desk.passes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Verdict;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.transitions.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JournalVerdictRecorderTest {
  private static final RecordKey ROOT = withdrawal("4711");

  private final Desk desk = Desk.fresh();

  @Test
  void a_second_crash_before_all_was_judged_again_doubles_nothing() {
    desk.record(fails(ROOT, 1, "a"), passes(withdrawal("1"), 2), fails(ROOT, 3, "b"));

    Desk second = desk.afterCrash(LogOffset.ZERO);
    second.recorder.record(List.of(fails(ROOT, 1, "a")));
    LogOffset checkpointed = second.recorder.sync();
    assertThat(checkpointed).isEqualTo(LogOffset.ZERO);

    Desk third = second.afterCrash(checkpointed);
    third.record(passes(withdrawal("1"), 2), fails(ROOT, 3, "b"));
    assertThat(third.entries(Judged.class)).hasSize(2);
    assertThat(third.entries(QuietVerdicts.class)).hasSize(1);
  }

  @Test
  void the_checkpoint_moves_on_when_the_tail_was_judged_again() {
    desk.record(fails(ROOT, 1, "a"), passes(withdrawal("1"), 2));

    Desk second = desk.afterCrash(LogOffset.ZERO);
    second.recorder.record(List.of(fails(ROOT, 1, "a"), passes(withdrawal("1"), 2)));

    assertThat(second.recorder.sync()).isEqualTo(second.journal.end());
  }

  @Test
  void verdicts_of_a_definition_that_has_changed_are_not_waited_for() {
    desk.record(fails(ROOT, 1, "a"));

    Desk second = desk.afterCrash(LogOffset.ZERO);
    second.recorder.record(List.of(redefined(fails(ROOT, 1, "a"))));

    assertThat(second.recorder.sync()).isEqualTo(second.journal.end());
    assertThat(second.entries(Judged.class)).hasSize(2);
    assertThat(second.entries(Transitioned.class)).hasSize(1);
  }

  @Test
  void a_provisional_verdict_is_not_waited_for_once_its_cut_is_covered() {
    desk.record(provisional(fails(ROOT, 1, "a")));

    Desk second = desk.afterCrash(LogOffset.ZERO);
    assertThat(second.recorder.sync()).isEqualTo(LogOffset.ZERO);
    second.recorder.record(List.of(fails(ROOT, 1, "a")));

    assertThat(second.recorder.sync()).isEqualTo(second.journal.end());
  }

  @Test
  void what_fails_still_opens_again_when_its_check_returns_after_it_was_removed() {
    desk.record(fails(ROOT, 1, "a"));
    Desk without = desk.afterCrash(LogOffset.ZERO);
    without.violations.retireAllBut(Set.of());

    Desk again = without.afterCrash(LogOffset.ZERO);
    again.record(fails(ROOT, 1, "a"));

    assertThat(again.violations.current())
        .singleElement()
        .extracting(Violation::state)
        .isEqualTo(State.OPEN);
  }

  @Test
  void evidence_that_cannot_be_read_leaves_no_step_half_taken() {
    Finding unreadable =
        new Finding(
            fails(withdrawal("2"), 2, "a").verdict(),
            () -> {
              throw new Unavailable("the log does not answer");
            });
    List<Finding> findings = List.of(fails(ROOT, 1, "a"), unreadable);
    assertThatThrownBy(() -> desk.recorder.record(findings)).isInstanceOf(Unavailable.class);

    JournalVerdictRecorder next = desk.nextRecorder(LogOffset.ZERO);
    next.record(List.of(fails(ROOT, 1, "a"), fails(withdrawal("2"), 2, "a")));
    next.sync();

    assertThat(desk.entries(Judged.class)).hasSize(2);
    assertThat(desk.afterCrash(LogOffset.ZERO).violations.current())
        .isEqualTo(desk.violations.current())
        .hasSize(2)
        .allMatch(violation -> violation.state() == State.OPEN);
  }

  private static Finding redefined(Finding finding) {
    Verdict verdict = finding.verdict();
    return new Finding(
        new Verdict(
            CHECK,
            new DefinitionHash("decaf"),
            verdict.root(),
            verdict.trigger(),
            verdict.cut(),
            verdict.completeness(),
            verdict.outcome()),
        finding.basis());
  }

  private static Finding provisional(Finding finding) {
    Verdict verdict = finding.verdict();
    return new Finding(
        new Verdict(
            CHECK,
            verdict.definition(),
            verdict.root(),
            verdict.trigger(),
            verdict.cut(),
            new Verdict.Completeness.Provisional(List.of(new SourceName("ledger"))),
            verdict.outcome()),
        finding.basis());
  }
}
