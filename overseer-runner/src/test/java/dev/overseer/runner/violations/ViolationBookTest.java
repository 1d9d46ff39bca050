package dev.overseer.runner.violations;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.DEFINITION;
import static dev.overseer.runner.journal.JournalSamples.second;
import static dev.overseer.runner.journal.JournalSamples.verdict;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static dev.overseer.runner.violations.Desk.fails;
import static dev.overseer.runner.violations.Desk.finding;
import static dev.overseer.runner.violations.Desk.passes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Outcome.Reason;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.transitions.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViolationBookTest {
  private static final RecordKey ROOT = withdrawal("4711");

  private final Desk desk = Desk.fresh();

  @Test
  void a_provisional_failure_opens_a_violation_only_where_the_check_asks_for_that() {
    desk.record(counted(provisional(fails(ROOT, 1, "wrong-amount"))));
    desk.record(provisional(fails(withdrawal("2"), 1, "wrong-amount")));

    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
    assertThat(desk.violations.current()).hasSize(1);
  }

  @Test
  void the_complete_verdict_of_the_same_cut_puts_right_what_a_provisional_one_had_opened() {
    desk.record(counted(provisional(fails(ROOT, 1, "wrong-amount"))));
    desk.record(passes(ROOT, 1));

    assertThat(desk.violation(ROOT).state().isClosed()).isTrue();
  }

  @Test
  void what_a_provisional_verdict_had_healed_opens_again_if_the_complete_one_fails() {
    desk.record(fails(ROOT, 1, "wrong-amount"));
    desk.record(counted(provisional(passes(ROOT, 2))));
    assertThat(desk.violation(ROOT).state().isClosed()).isTrue();

    desk.record(fails(ROOT, 2, "wrong-amount"));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
  }

  private static Finding counted(Finding finding) {
    return new Finding(finding.verdict(), finding.basis(), true);
  }

  @Test
  void a_failure_opens_a_violation_and_owes_it_to_every_default_channel() {
    desk.record(fails(ROOT, 1, "wrong-amount"));

    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
    assertThat(desk.violation(ROOT).reasons())
        .extracting(Reason::code)
        .containsExactly("wrong-amount");
    assertThat(desk.entries().map(Object::getClass))
        .containsExactly(Judged.class, Transitioned.class, Escalated.class, Escalated.class);
    assertThat(desk.entries(Escalated.class))
        .extracting(Escalated::channel)
        .containsExactly("log", "webhook");
  }

  @Test
  void what_opened_while_its_check_was_observed_is_told_once_when_that_is_over() {
    desk.observed.add(CHECK);
    desk.record(fails(ROOT, 1, "wrong-amount"), fails(withdrawal("1"), 1, "missing"));
    desk.record(passes(withdrawal("1"), 3));
    assertThat(desk.waking.step()).isFalse();
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
    assertThat(desk.entries(Escalated.class)).isEmpty();

    desk.observed.clear();
    assertThat(desk.waking.step()).isTrue();

    assertThat(desk.entries(Escalated.class))
        .hasSize(2)
        .allSatisfy(
            told -> {
              assertThat(told.subject()).isEqualTo(desk.violation(ROOT).id());
              assertThat(told.sequence()).isEqualTo(2);
            })
        .extracting(Escalated::body)
        .first()
        .asString()
        .startsWith("opened: violation of ")
        .contains("wrong-amount", "(its check is active now)");
    assertThat(desk.waking.step()).isFalse();
    desk.record(passes(ROOT, 5));
    assertThat(desk.entries(Escalated.class)).as("its end is told too").hasSize(4);
  }

  @Test
  void
      what_was_told_when_its_check_became_active_is_neither_forgotten_nor_told_again_by_a_restart() {
    desk.observed.add(CHECK);
    desk.record(fails(ROOT, 1, "wrong-amount"), fails(withdrawal("1"), 1, "missing"));

    Desk restarted = desk.afterCrash(desk.journal.end());
    restarted.waking.step();
    assertThat(restarted.entries(Escalated.class)).hasSize(2 * 2);

    Desk again = restarted.afterCrash(restarted.journal.end());
    assertThat(again.waking.step()).isFalse();
    assertThat(again.entries(Escalated.class)).hasSize(2 * 2).doesNotHaveDuplicates();
  }

  @Test
  void what_people_dealt_with_while_it_was_observed_stays_silent_until_it_is_open_again() {
    desk.observed.add(CHECK);
    for (String root : List.of("1", "2", "3")) {
      desk.record(fails(withdrawal(root), 1, "missing"));
    }
    desk.act(withdrawal("1"), new HumanAction.Acknowledge(""));
    desk.act(withdrawal("2"), new HumanAction.Accept("a test account"));
    desk.act(
        withdrawal("3"), new HumanAction.Snooze(desk.clock.instant().plusSeconds(60), "later"));

    desk.observed.clear();
    assertThat(desk.waking.step()).isFalse();
    desk.record(passes(withdrawal("1"), 3));
    assertThat(desk.entries(Escalated.class)).as("nobody ever heard of it").isEmpty();

    desk.clock.advance(Duration.ofSeconds(60));
    desk.waking.step();
    assertThat(desk.entries(Escalated.class)).hasSize(2);
    desk.record(fails(withdrawal("2"), 5, "wrong-amount"));
    assertThat(desk.entries(Escalated.class)).hasSize(4);
  }

  @Test
  void what_opens_again_by_the_clock_while_its_check_is_observed_is_told_when_that_is_over() {
    desk.record(fails(ROOT, 1, "missing"));
    desk.act(ROOT, new HumanAction.Snooze(desk.clock.instant().plusSeconds(60), "later"));
    desk.observed.add(CHECK);
    desk.clock.advance(Duration.ofSeconds(60));
    desk.waking.step();
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
    assertThat(desk.entries(Escalated.class)).hasSize(4);

    desk.observed.clear();
    desk.waking.step();

    assertThat(desk.entries(Escalated.class)).hasSize(6);
  }

  @Test
  void more_than_people_can_read_is_told_as_a_storm_when_its_check_becomes_active() {
    Desk stormy = Desk.fresh(new StormRule(3, Duration.ofMinutes(1)));
    stormy.observed.add(CHECK);
    IntStream.range(0, 1500).forEach(i -> stormy.record(fails(withdrawal("" + i), 1, "missing")));
    assertThat(stormy.incidents.current()).as("nobody is told, so there is no storm").isEmpty();

    stormy.observed.clear();
    while (stormy.waking.step()) {}

    assertThat(toldOfViolations(stormy)).isEqualTo(3 * 2);
    assertThat(stormy.entries(IncidentTransitioned.class))
        .extracting(IncidentTransitioned::kind, moved -> moved.move().to())
        .containsExactly(tuple(IncidentKind.STORM, State.OPEN));
    assertThat(stormy.violations.current()).hasSize(1500);
  }

  @Test
  void whoever_heard_of_a_violation_hears_nothing_while_it_is_observed_and_of_its_end_after_that() {
    desk.record(fails(ROOT, 1, "wrong-amount"));
    desk.observed.add(CHECK);
    desk.record(fails(ROOT, 3, "missing"));
    assertThat(desk.entries(Escalated.class)).hasSize(2);

    desk.observed.clear();
    desk.record(passes(ROOT, 5));
    assertThat(desk.entries(Escalated.class)).hasSize(4);
  }

  @Test
  void passes_of_roots_that_never_failed_stand_in_one_block() {
    desk.record(
        passes(withdrawal("1"), 1),
        finding(verdict(withdrawal("2"), 2, Outcome.notApplicable("not completed"))),
        passes(withdrawal("3"), 3));

    assertThat(desk.entries(QuietVerdicts.class)).hasSize(1);
    assertThat(desk.entries()).hasSize(1);
    assertThat(desk.violations.current()).isEmpty();
  }

  @Test
  void failing_on_for_the_same_reasons_is_recorded_and_told_to_nobody() {
    desk.record(fails(ROOT, 1, "wrong-amount"), fails(ROOT, 2, "wrong-amount"));

    assertThat(desk.entries(Judged.class)).hasSize(2);
    assertThat(desk.entries(Transitioned.class)).hasSize(1);
    assertThat(desk.violation(ROOT).data()).isEqualTo(DataState.failed(second(3)));
  }

  @Test
  void what_healed_it_are_the_updates_between_the_last_failing_cut_and_the_passing_one() {
    desk.record(fails(ROOT, 1, "missing"), fails(ROOT, 5, "missing"));

    desk.record(finding(verdict(ROOT, 9, Outcome.passed()), 1, 5, 7, 9));

    assertThat(desk.violation(ROOT).state()).isEqualTo(State.HEALED);
    Grounds.Healing healing =
        (Grounds.Healing) desk.entries(Transitioned.class).getLast().move().grounds();
    assertThat(healing.cut()).isEqualTo(second(10));
    assertThat(healing.updates())
        .extracting(update -> update.effectiveTime())
        .containsExactly(second(7), second(9));
    assertThat(desk.violations.current()).isEmpty();
  }

  @Test
  void the_verdict_that_heals_is_on_record_with_its_evidence() {
    desk.record(fails(ROOT, 1, "missing"), passes(ROOT, 2));

    assertThat(desk.entries(Judged.class).getLast().verdict().outcome())
        .isEqualTo(Outcome.passed());
    assertThat(desk.entries(QuietVerdicts.class)).isEmpty();
  }

  @Test
  void a_provisional_verdict_is_recorded_and_opens_or_heals_nothing() {
    Finding failing = provisional(fails(ROOT, 1, "missing"));
    desk.record(failing);
    assertThat(desk.violations.current()).isEmpty();

    desk.record(fails(ROOT, 1, "missing"), provisional(passes(ROOT, 2)));

    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
    assertThat(desk.entries(Judged.class)).hasSize(3);
  }

  @Test
  void what_is_found_out_late_of_an_earlier_cut_changes_nothing() {
    desk.record(fails(ROOT, 5, "missing"), passes(ROOT, 3));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);

    desk.record(passes(ROOT, 9), fails(ROOT, 7, "missing"));

    assertThat(desk.violation(ROOT).state()).isEqualTo(State.HEALED);
  }

  @Test
  void an_error_or_an_inconclusive_verdict_neither_opens_nor_heals() {
    desk.record(finding(verdict(ROOT, 1, new Outcome.Errored("it threw"))));
    assertThat(desk.violations.current()).isEmpty();

    desk.record(
        fails(ROOT, 2, "missing"),
        finding(verdict(ROOT, 3, Outcome.inconclusive("unknown"))),
        finding(verdict(ROOT, 4, Outcome.notApplicable("deleted"))),
        finding(verdict(ROOT, 5, new Outcome.Errored("it threw"))));

    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
  }

  @Test
  void it_is_reopened_in_place_when_it_fails_again() {
    desk.record(fails(ROOT, 1, "missing"), passes(ROOT, 2), fails(ROOT, 3, "missing"));

    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
    assertThat(desk.violation(ROOT).sequence()).isEqualTo(3);
    assertThat(desk.entries(Transitioned.class))
        .extracting(moved -> moved.move().word())
        .containsExactly("opened", "healed", "reopened");
    assertThat(desk.entries(Transitioned.class))
        .extracting(Transitioned::violation)
        .containsOnly(desk.violation(ROOT).id());
  }

  @Test
  void what_was_accepted_stays_so_while_it_fails_for_the_same_reasons() {
    desk.record(fails(ROOT, 1, "late", "wrong-amount"));
    desk.act(ROOT, new HumanAction.Accept("a test account"));

    desk.record(fails(ROOT, 2, "wrong-amount", "late"));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.ACCEPTED);

    desk.record(fails(ROOT, 3, "wrong-amount", "booked-twice"));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
  }

  @Test
  void what_was_resolved_by_hand_stays_so_until_an_update_came_and_it_still_fails() {
    desk.record(fails(ROOT, 1, "missing"));
    desk.act(ROOT, new HumanAction.Resolve("booked by hand"));

    desk.record(finding(verdictAtCut(1, 60), 1));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.RESOLVED);

    desk.record(finding(verdictAtCut(1, 90), 1, 80));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
  }

  @Test
  void a_snooze_ends_by_the_clock_and_not_before() {
    desk.record(fails(ROOT, 1, "missing"));
    desk.act(
        ROOT, new HumanAction.Snooze(desk.clock.instant().plusSeconds(60), "the bank is asked"));

    desk.clock.advance(Duration.ofSeconds(59));
    assertThat(desk.waking.step()).isFalse();
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.SNOOZED);

    desk.clock.advance(Duration.ofSeconds(1));
    assertThat(desk.waking.step()).isTrue();
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
    assertThat(desk.waking.step()).isFalse();
  }

  @Test
  void a_snooze_outlives_a_change_of_reasons_and_a_restart() {
    desk.record(fails(ROOT, 1, "missing"));
    desk.act(
        ROOT, new HumanAction.Snooze(desk.clock.instant().plusSeconds(60), "the bank is asked"));
    int told = desk.entries(Escalated.class).size();
    desk.record(fails(ROOT, 2, "wrong-amount"));
    assertThat(desk.entries(Escalated.class)).hasSize(told);

    Desk restarted = desk.afterCrash(LogOffset.ZERO);
    assertThat(restarted.violation(ROOT).state()).isEqualTo(State.SNOOZED);

    desk.clock.advance(Duration.ofSeconds(60));
    assertThat(restarted.waking.step()).isTrue();
    assertThat(restarted.violation(ROOT).state()).isEqualTo(State.OPEN);
  }

  @Test
  void why_somebody_acknowledged_or_snoozed_it_outlives_a_restart() {
    desk.record(fails(ROOT, 1, "missing"));
    desk.act(ROOT, new HumanAction.Snooze(desk.clock.instant().plusSeconds(60), "at lunch"));
    desk.act(ROOT, new HumanAction.Acknowledge("asked the bank"));

    assertThat(desk.afterCrash(LogOffset.ZERO).entries(Transitioned.class))
        .extracting(moved -> moved.move().grounds())
        .endsWith(
            new Grounds.Person(
                "ann", "at lunch", Optional.of(desk.clock.instant().plusSeconds(60))),
            new Grounds.Person("ann", "asked the bank", Optional.empty()));
  }

  @Test
  void what_is_not_possible_is_refused_with_what_is() {
    desk.record(fails(ROOT, 1, "missing"));
    desk.act(ROOT, new HumanAction.Acknowledge("asked the bank"));

    assertThatThrownBy(() -> desk.act(ROOT, new HumanAction.Acknowledge("asked the bank")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage(
            "Cannot acknowledge the violation of withdrawal-is-booked-once by withdrawal/4711: it"
                + " is acknowledged. Possible now: snooze, accept, resolve");
    assertThatThrownBy(
            () -> desk.act(withdrawal("none"), new HumanAction.Acknowledge("asked the bank")))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(
            () ->
                desk.act(
                    ROOT,
                    new HumanAction.Snooze(
                        desk.clock.instant().minusSeconds(1), "the bank is asked")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("future");
    assertThatThrownBy(() -> new HumanAction.Accept(" "))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("reason");
  }

  @Test
  void who_did_what_and_why_is_on_record_before_the_call_returns() {
    desk.record(fails(ROOT, 1, "missing"));

    desk.act(ROOT, new HumanAction.Resolve("booked by hand"));

    Transitioned last = desk.afterCrash(LogOffset.ZERO).entries(Transitioned.class).getLast();
    assertThat(last.move().grounds())
        .isEqualTo(new Grounds.Person("ann", "booked by hand", Optional.empty()));
  }

  @Test
  void violations_of_a_check_that_is_gone_are_retired_and_come_back_with_it() {
    desk.record(fails(ROOT, 1, "missing"));

    desk.violations.retireAllBut(Set.of(new CheckName("another")));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.RETIRED);
    assertThat(desk.violations.current()).isEmpty();

    desk.record(fails(ROOT, 2, "missing"));
    assertThat(desk.violation(ROOT).state()).isEqualTo(State.OPEN);
  }

  @Test
  void the_time_to_detect_runs_from_the_commit_that_decided() {
    desk.clock.advance(Duration.ofMillis(250));
    desk.record(finding(fails(ROOT, 98, "missing").verdict(), 90, 98));

    assertThat(desk.violation(ROOT).detection())
        .contains(new Detection(Duration.ofMillis(2250), Duration.ofMillis(1250)));
  }

  @Test
  void the_time_to_detect_runs_from_the_deadline_where_that_decided() {
    desk.clock.advance(Duration.ofMillis(250));
    desk.record(finding(verdictAtCut(1, 99)));

    assertThat(desk.violation(ROOT).detection())
        .contains(new Detection(Duration.ofMillis(1250), Duration.ofMillis(1250)));
  }

  @Test
  void a_storm_is_told_once_and_every_violation_of_it_is_there() {
    Desk stormy = Desk.fresh(new StormRule(3, Duration.ofMinutes(1)));
    for (int i = 0; i < 10; i++) {
      stormy.record(fails(withdrawal("" + i), 1, "missing"));
      stormy.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(stormy.violations.current()).hasSize(10);
    assertThat(toldOfViolations(stormy)).isEqualTo(3 * 2);
    assertThat(stormy.entries(IncidentTransitioned.class))
        .extracting(IncidentTransitioned::kind, moved -> moved.move().to())
        .containsExactly(tuple(IncidentKind.STORM, State.OPEN));

    stormy.clock.advance(Duration.ofSeconds(61));
    assertThat(stormy.waking.step()).isTrue();
    assertThat(stormy.incidents.current()).isEmpty();

    stormy.record(fails(withdrawal("calm"), 2, "missing"));
    assertThat(toldOfViolations(stormy)).isEqualTo(4 * 2);
  }

  @Test
  void what_a_storm_swallowed_heals_in_silence() {
    Desk stormy = Desk.fresh(new StormRule(3, Duration.ofMinutes(1)));
    IntStream.range(0, 4).forEach(i -> stormy.record(fails(withdrawal("" + i), 1, "missing")));

    stormy.record(passes(withdrawal("3"), 2));

    assertThat(stormy.violation(withdrawal("3")).state()).isEqualTo(State.HEALED);
    assertThat(toldOfViolations(stormy)).isEqualTo(3 * 2);
  }

  @Test
  void a_check_that_keeps_erring_is_an_incident_until_it_judges_again() {
    for (int i = 0; i < 5; i++) {
      desk.record(finding(verdict(withdrawal("" + i), i, new Outcome.Errored("it threw"))));
    }
    assertThat(desk.incidents.current())
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.kind()).isEqualTo(IncidentKind.CHECK_ERRING);
              assertThat(incident.subject()).isEqualTo(CHECK.value());
              assertThat(incident.text()).contains("it threw");
            });

    IntStream.range(10, 15).forEach(i -> desk.record(passes(withdrawal("" + i), i)));
    assertThat(desk.incidents.current()).isEmpty();
  }

  private static long toldOfViolations(Desk desk) {
    return desk.entries(Escalated.class).stream()
        .filter(escalated -> escalated.subject() instanceof ViolationId)
        .count();
  }

  private static Verdict verdictAtCut(double trigger, double cut) {
    return new Verdict(
        CHECK,
        DEFINITION,
        ROOT,
        second(trigger),
        second(cut),
        new Verdict.Completeness.Complete(),
        fails(ROOT, 1, "missing").verdict().outcome());
  }

  private static Finding provisional(Finding finding) {
    Verdict verdict = finding.verdict();
    return new Finding(
        new Verdict(
            verdict.check(),
            verdict.definition(),
            verdict.root(),
            verdict.trigger(),
            verdict.cut(),
            new Verdict.Completeness.Provisional(List.of(new SourceName("ledger"))),
            verdict.outcome()),
        finding.basis());
  }
}
