package dev.overseer.runner;

import static dev.overseer.checks.ExecutionStrategy.eventuallyWithin;
import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.snapshot;
import static dev.overseer.formats.pgoutput.PgLogWriter.truncate;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.runner.SmallExchange.ENTRIES;
import static dev.overseer.runner.SmallExchange.RECEIPTS;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.Stand.seconds;
import static dev.overseer.runner.StrategiesTest.booked;
import static dev.overseer.runner.StrategiesTest.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.SmallExchange.Booking;
import dev.overseer.runner.SmallExchange.Receipted;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Selection, root states, known intervals, coverage, and going on after a crash. */
class RunnerTest {
  private static final EffectiveTime BEGINNING = EffectiveTime.MIN;

  private static EffectiveTime at(double seconds) {
    return new EffectiveTime(seconds(seconds));
  }

  private static Outcome only(List<Verdict> verdicts) {
    assertThat(verdicts).hasSize(1);
    return verdicts.getFirst().outcome();
  }

  private static CheckDeclaration<Booking> unbooked() {
    return new CheckDeclaration<>(
        new CheckName("unbooked"),
        Booking.class,
        (view, judging) ->
            view.entries().isEmpty() ? Outcome.passed() : Outcome.failed("booked", "It is booked"));
  }

  private static CheckDeclaration<Receipted> receipted() {
    return new CheckDeclaration<>(
        new CheckName("receipted"), Receipted.class, (view, judging) -> Outcome.passed());
  }

  @Test
  void a_member_of_a_member_triggers_for_its_root_even_if_the_link_arrives_later() {
    Stand stand = new Stand(receipted().triggeredBy("receipts"));
    stand.mail.commit(seconds(10), insert(RECEIPTS, "1", "7", "thanks"));
    stand.mail.mark(seconds(20));
    assertThat(stand.run()).isEmpty();

    stand.ledger.commit(seconds(9), insert(ENTRIES, "7", "42", "5"));
    stand.mark(20);
    assertThat(stand.run())
        .extracting(Verdict::root, Verdict::trigger)
        .containsExactly(tuple(SmallExchange.withdrawal(42), at(10)));
  }

  @Test
  void a_member_that_moves_triggers_for_both_roots() {
    Stand stand = new Stand(booked().triggeredBy("entries"));
    stand.ledger.commit(seconds(5), insert(ENTRIES, "7", "1", "5"));
    stand.ledger.commit(seconds(10), update(ENTRIES, "7", "2", "5"));
    stand.ledger.commit(seconds(15), delete(ENTRIES, "7"));
    stand.mark(20);

    assertThat(stand.run())
        .extracting(verdict -> verdict.root().values().getFirst(), Verdict::trigger)
        .containsExactly(
            tuple("1", at(5)), tuple("1", at(10)), tuple("2", at(10)), tuple("2", at(15)));
  }

  @Test
  void what_healed_a_root_are_the_updates_since_it_failed_and_a_deletion_is_one() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "done"));
    stand.ledger.commit(
        seconds(10), insert(ENTRIES, "7", "1", "5"), insert(ENTRIES, "8", "1", "5"));
    stand.ledger.commit(seconds(20), delete(ENTRIES, "8"));
    stand.mark(30);

    assertThat(stand.run()).extracting(Verdict::cut).containsExactly(at(11), at(21));

    assertThat(stand.recorder.findings().getLast().basis().updatesAfter(at(11)))
        .extracting(update -> update.record().toString(), Evidence.Update::operation)
        .containsExactly(tuple("entry/8", Operation.DELETE));
  }

  @Test
  void what_healed_a_root_may_be_that_its_members_table_was_emptied() {
    Stand stand = new Stand(unbooked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "done"));
    stand.ledger.commit(seconds(10), insert(ENTRIES, "7", "1", "6"));
    stand.ledger.commit(seconds(20), truncate(ENTRIES));
    stand.payments.commit(seconds(25), update(WITHDRAWALS, "1", "5", "checked"));
    stand.mark(30);
    stand.run();

    assertThat(stand.recorder.findings().getLast().verdict().outcome()).isEqualTo(Outcome.passed());
    assertThat(stand.recorder.findings().getLast().basis().updatesAfter(at(11)))
        .extracting(update -> update.record().toString(), Evidence.Update::operation)
        .containsExactly(
            tuple("entry/7", Operation.TRUNCATE), tuple("withdrawal/1", Operation.UPDATE));
  }

  @Test
  void members_whose_root_was_never_seen_fail() {
    Stand stand = new Stand(booked());
    stand.ledger.commit(seconds(10), insert(ENTRIES, "7", "1", "5"));
    stand.mark(20);

    assertThat(only(stand.run()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reasons().getFirst().code()).isEqualTo("root-missing"));
  }

  @Test
  void members_whose_root_was_never_seen_are_passed_over_where_the_check_says_so() {
    Stand stand = new Stand(booked().ignoreOrphans());
    stand.ledger.commit(seconds(10), insert(ENTRIES, "7", "1", "5"));
    stand.mark(20);

    assertThat(only(stand.run())).isInstanceOf(Outcome.NotApplicable.class);
  }

  @Test
  void what_a_promoted_standby_never_had_is_judged_again_without_it() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(5), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(5), insert(WITHDRAWALS, "2", "5", "new"));
    stand.ledger.commit(seconds(5), insert(ENTRIES, "6", "1", "5"));
    LogOffset disowned = stand.ledger.commit(seconds(5.5), insert(ENTRIES, "7", "2", "5"));
    stand.mark(12);
    assertThat(stand.run())
        .extracting(Verdict::outcome)
        .doesNotHaveAnyElementsOfTypes(Outcome.Failed.class);

    stand.ledger.forked(disowned, seconds(12));
    stand.mark(20);
    List<Verdict> judged = stand.run();
    assertThat(judged)
        .extracting(Verdict::root, Verdict::trigger)
        .containsExactly(tuple(SmallExchange.withdrawal(2), at(12)));
    assertThat(only(judged)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void a_member_that_moved_only_where_a_promoted_standby_never_was_is_judged_again_at_both_roots() {
    Stand stand = new Stand(booked());
    stand.payments.commit(
        seconds(5), insert(WITHDRAWALS, "1", "5", "new"), insert(WITHDRAWALS, "2", "5", "new"));
    stand.ledger.commit(seconds(5), insert(ENTRIES, "7", "1", "5"));
    LogOffset disowned = stand.ledger.commit(seconds(10), update(ENTRIES, "7", "2", "5"));
    stand.mark(12);
    stand.run();

    stand.ledger.forked(disowned, seconds(12));
    stand.mark(20);
    assertThat(stand.run())
        .extracting(Verdict::root, Verdict::trigger)
        .containsExactly(
            tuple(SmallExchange.withdrawal(1), at(12)), tuple(SmallExchange.withdrawal(2), at(12)));
  }

  @Test
  void a_truncation_that_a_promoted_standby_never_had_is_undone_for_all_that_it_emptied() {
    Stand stand = new Stand(booked());
    stand.payments.commit(
        seconds(5), insert(WITHDRAWALS, "1", "5", "new"), insert(WITHDRAWALS, "2", "5", "new"));
    stand.ledger.commit(seconds(5), insert(ENTRIES, "6", "1", "5"), insert(ENTRIES, "7", "2", "5"));
    LogOffset disowned = stand.ledger.commit(seconds(10), truncate(ENTRIES));
    stand.mark(12);
    assertThat(stand.run())
        .filteredOn(verdict -> verdict.cut().equals(at(11)))
        .extracting(Verdict::outcome)
        .hasSize(2)
        .hasOnlyElementsOfType(Outcome.Failed.class);

    stand.ledger.forked(disowned, seconds(12));
    stand.mark(20);
    assertThat(stand.run())
        .extracting(Verdict::root, Verdict::trigger, Verdict::outcome)
        .containsExactly(
            tuple(SmallExchange.withdrawal(1), at(12), Outcome.passed()),
            tuple(SmallExchange.withdrawal(2), at(12), Outcome.passed()));
  }

  @Test
  void a_check_that_begins_after_a_fork_gives_the_same_verdicts() {
    Stand live = new Stand(booked());
    live.payments.commit(seconds(5), insert(WITHDRAWALS, "2", "5", "new"));
    LogOffset disowned = live.ledger.commit(seconds(10), insert(ENTRIES, "7", "2", "5"));
    live.mark(12);
    List<Verdict> verdicts = new ArrayList<>(live.run());
    live.ledger.forked(disowned, seconds(12));
    live.mark(20);
    verdicts.addAll(live.run());

    live.store = new MemoryStore(Durability.WRITTEN, Runner.SPACES);
    live.runner = live.runner(BEGINNING, booked());
    assertThat(live.run())
        .as("a replay knows of the fork from its beginning, and judges as if it did not")
        .extracting(Verdict::root, Verdict::cut, Verdict::outcome)
        .isEqualTo(
            verdicts.stream()
                .map(verdict -> tuple(verdict.root(), verdict.cut(), verdict.outcome()))
                .toList());
  }

  @Test
  void a_transaction_larger_than_memory_is_saved_while_it_is_planned() {
    CheckDeclaration<Booking> check = booked();
    Stand stand = new Stand(check);
    stand.limits = new RunnerLimits(100, 100, Duration.ofHours(1), 1500, 100);
    stand.runner = stand.runner(BEGINNING, check);
    TableChange[] rows = new TableChange[5000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = insert(WITHDRAWALS, Integer.toString(i), "5", "new");
    }
    stand.payments.commit(seconds(10), rows);
    assertThat(stand.run()).isEmpty();

    stand.crash(BEGINNING, check);
    stand.mark(20);
    assertThat(stand.run())
        .extracting(verdict -> verdict.root().values().getFirst())
        .hasSize(5000)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_deleted_root_is_not_applicable() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(10.5), delete(WITHDRAWALS, "1"));
    stand.mark(20);

    assertThat(stand.run())
        .extracting(Verdict::outcome)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.NotApplicable.class));
  }

  @Test
  void a_cut_outside_a_known_interval_is_inconclusive_and_says_since_when() {
    Stand stand = new Stand(booked());
    stand.ledger.unknown(ENTRIES, seconds(5), "the slot was lost");
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(12);
    stand.ledger.known(ENTRIES, seconds(12));
    stand.payments.commit(seconds(13), update(WITHDRAWALS, "1", "5", "sent"));
    stand.mark(20);

    assertThat(stand.run())
        .extracting(Verdict::outcome)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        Outcome.inconclusive(
                            "table public.entries of source ledger is not known after"
                                + " 1970-01-01T00:00:05Z")),
            second -> assertThat(second).isInstanceOf(Outcome.Failed.class));
  }

  @Test
  void what_is_said_of_an_unknown_table_does_not_depend_on_when_it_is_judged() {
    Stand early = new Stand(booked());
    early.ledger.unknown(ENTRIES, seconds(5), "the slot was lost");
    early.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    early.mark(12);
    Outcome judgedAtOnce = early.run().getFirst().outcome();

    Stand late = new Stand(booked());
    late.ledger.unknown(ENTRIES, seconds(5), "the slot was lost");
    late.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    late.mark(12);
    late.ledger.known(ENTRIES, seconds(12));
    late.mark(20);

    assertThat(late.run().getFirst().outcome()).isEqualTo(judgedAtOnce);
  }

  @Test
  void rows_of_a_snapshot_trigger_nothing() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), snapshot(WITHDRAWALS, "1", "5", "new"));
    stand.mark(20);

    assertThat(stand.run()).isEmpty();
  }

  @Test
  void rows_that_existed_are_judged_together_when_all_tables_are_known() {
    Stand stand = new Stand(booked().fromSnapshot());
    stand.payments.unknown(WITHDRAWALS, seconds(1), "not read yet");
    stand.ledger.unknown(ENTRIES, seconds(1), "not read yet");
    stand.payments.commit(seconds(10), snapshot(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(11), snapshot(WITHDRAWALS, "2", "5", "new"));
    stand.payments.known(WITHDRAWALS, seconds(11));
    stand.ledger.commit(seconds(12), snapshot(ENTRIES, "7", "1", "5"));
    stand.ledger.known(ENTRIES, seconds(12));
    stand.mark(20);

    assertThat(stand.run())
        .extracting(Verdict::root, Verdict::trigger, it -> it.outcome().getClass())
        .containsExactly(
            tuple(SmallExchange.withdrawal(1), at(12), Outcome.Passed.class),
            tuple(SmallExchange.withdrawal(2), at(12), Outcome.Failed.class));
  }

  @Test
  void what_changed_while_a_table_was_not_known_triggers_when_it_is_known_again() {
    Stand stand = new Stand(booked());
    stand.payments.commit(
        seconds(5), insert(WITHDRAWALS, "1", "5", "new"), insert(WITHDRAWALS, "2", "5", "new"));
    stand.ledger.commit(seconds(5), insert(ENTRIES, "7", "1", "5"), insert(ENTRIES, "8", "2", "5"));
    stand.ledger.mark(seconds(9));
    stand.ledger.unknown(ENTRIES, seconds(9), "a gap");
    stand.ledger.commit(
        seconds(12), snapshot(ENTRIES, "7", "2", "5"), snapshot(ENTRIES, "8", "2", "5"));
    stand.ledger.known(ENTRIES, seconds(12));
    stand.mark(20);

    assertThat(stand.run())
        .extracting(Verdict::root, Verdict::trigger, it -> it.outcome().getClass())
        .containsExactly(
            tuple(SmallExchange.withdrawal(1), at(5), Outcome.Passed.class),
            tuple(SmallExchange.withdrawal(2), at(5), Outcome.Passed.class),
            tuple(SmallExchange.withdrawal(1), at(12), Outcome.Failed.class),
            tuple(SmallExchange.withdrawal(2), at(12), Outcome.Failed.class));
  }

  @Test
  void what_could_not_be_told_is_asked_again_when_all_tables_are_known() {
    Stand stand = new Stand(booked());
    stand.ledger.unknown(ENTRIES, seconds(1), "a gap");
    stand.payments.commit(seconds(5), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(7);
    assertThat(only(stand.run())).isInstanceOf(Outcome.Inconclusive.class);
    assertThat(stand.coverage().inconclusive()).isEqualTo(1);

    stand.crash(BEGINNING, booked());
    stand.ledger.known(ENTRIES, seconds(12));
    stand.mark(20);
    assertThat(only(stand.run())).isInstanceOf(Outcome.Failed.class);
    assertThat(stand.coverage().inconclusive()).isZero();
  }

  @Test
  void an_exception_is_an_error_with_its_first_frames_and_no_violation() {
    CheckDeclaration<Booking> throwing =
        new CheckDeclaration<>(
            new CheckName("throwing"),
            Booking.class,
            (view, judging) -> {
              throw new IllegalStateException("no such luck");
            });
    Stand stand = new Stand(throwing);
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(20);

    assertThat(only(stand.run()))
        .isInstanceOfSatisfying(
            Outcome.Errored.class,
            errored ->
                assertThat(errored.error())
                    .contains("IllegalStateException: no such luck")
                    .contains("RunnerTest"));
    assertThat(stand.coverage().errored()).isEqualTo(1);
    assertThat(stand.coverage().isGreen()).isFalse();
  }

  @Test
  void triggers_before_the_activation_are_ignored() {
    Stand stand = new Stand(at(10), booked());
    stand.payments.commit(seconds(9.9), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "2", "5", "new"));
    stand.mark(20);

    assertThat(stand.run()).extracting(Verdict::root).containsExactly(SmallExchange.withdrawal(2));
  }

  @Test
  void what_was_pending_at_a_crash_is_judged_after_it_and_once() {
    CheckDeclaration<Booking> check = booked().strategy(eventuallyWithin(Duration.ofSeconds(60)));
    Stand stand = new Stand(check);
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(11), insert(WITHDRAWALS, "2", "5", "new"));
    stand.mark(20);
    assertThat(stand.run()).isEmpty();

    stand.crash(BEGINNING, check);
    stand.ledger.commit(seconds(30), insert(ENTRIES, "7", "1", "5"));
    stand.mark(71);
    assertThat(stand.run())
        .extracting(Verdict::root, Verdict::cut)
        .containsExactly(tuple(SmallExchange.withdrawal(1), at(30)));

    stand.crash(BEGINNING, check);
    stand.mark(72);
    assertThat(stand.run())
        .extracting(Verdict::root, Verdict::cut)
        .containsExactly(tuple(SmallExchange.withdrawal(2), at(71)));
  }

  @Test
  void coverage_is_told_before_a_checkpoint_knows_of_it() {
    CheckDeclaration<Booking> check = booked();
    Stand stand = new Stand(check);
    stand.limits = new RunnerLimits(100, 100, Duration.ofHours(1), 100_000, 100);
    stand.runner = stand.runner(BEGINNING, check);
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(20);
    stand.run();
    EffectiveTime told = stand.coverage().upTo();

    stand.crash(BEGINNING, check);
    assertThat(told).isGreaterThan(new EffectiveTime(seconds(11)));
    assertThat(stand.coverage().upTo()).isLessThan(told);
  }

  @Test
  void what_was_not_in_the_checkpoint_is_judged_again() {
    Stand stand = new Stand(booked());
    stand.limits = new RunnerLimits(100, 100, Duration.ofHours(1), 100_000, 100);
    stand.runner = stand.runner(BEGINNING, booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(20);
    List<Verdict> before = stand.run();

    stand.crash(BEGINNING, booked());

    assertThat(stand.run()).isEqualTo(before).hasSize(1);
  }

  @Test
  void a_changed_definition_begins_anew_from_its_own_activation() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(20), insert(WITHDRAWALS, "2", "5", "new"));
    stand.mark(30);
    assertThat(stand.run()).hasSize(2);

    stand.crash(at(20), booked().version("2"));

    assertThat(stand.run()).extracting(Verdict::root).containsExactly(SmallExchange.withdrawal(2));
    assertThat(stand.coverage().from()).isEqualTo(at(20));
  }

  @Test
  void coverage_stops_before_the_earliest_trigger_that_is_not_judged() {
    Stand stand = new Stand(done().strategy(eventuallyWithin(Duration.ofSeconds(10))));
    assertThat(stand.coverage().upTo()).isEqualTo(BEGINNING);

    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(12), insert(WITHDRAWALS, "2", "5", "new"));
    stand.mark(15);
    stand.run();
    assertThat(stand.coverage().upTo()).isEqualTo(at(10).previous());
    assertThat(stand.coverage().notYetDue()).isEqualTo(2);

    stand.payments.commit(seconds(16), update(WITHDRAWALS, "1", "5", "done"));
    stand.mark(17);
    stand.run();
    assertThat(stand.coverage().upTo()).isEqualTo(at(12).previous());
    assertThat(stand.coverage().failed()).isZero();

    stand.mark(23);
    stand.run();
    assertThat(stand.coverage().upTo()).isEqualTo(at(23).previous());
    assertThat(stand.coverage().failed()).isEqualTo(1);
    assertThat(stand.coverage().notYetDue()).isZero();
  }

  @Test
  void a_trigger_whose_cut_one_source_has_passed_and_another_has_not_is_due_but_stale() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(19.5), insert(WITHDRAWALS, "2", "5", "new"));
    stand.payments.mark(seconds(20));
    stand.run();

    assertThat(stand.coverage().dueButStale()).isEqualTo(1);
    assertThat(stand.coverage().notYetDue()).isEqualTo(1);
  }

  @Test
  void many_checks_each_keep_to_their_own_sources() {
    Stand stand = new Stand(booked(), renamed());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.mark(seconds(20));

    assertThat(stand.run())
        .extracting(Verdict::check, Verdict::root)
        .containsExactly(
            tuple(new CheckName("progress-only"), RecordKey.of(SmallExchange.WITHDRAWAL, "1")));
  }

  private static CheckDeclaration<SmallExchange.Progress> renamed() {
    return new CheckDeclaration<>(
        new CheckName("progress-only"),
        SmallExchange.Progress.class,
        (view, judging) -> Outcome.passed());
  }
}
