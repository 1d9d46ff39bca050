package dev.overseer.runner;

import static dev.overseer.checks.ExecutionStrategy.after;
import static dev.overseer.checks.ExecutionStrategy.atEach;
import static dev.overseer.checks.ExecutionStrategy.custom;
import static dev.overseer.checks.ExecutionStrategy.eventuallyWithin;
import static dev.overseer.checks.ExecutionStrategy.immediately;
import static dev.overseer.checks.ExecutionStrategy.whenFresh;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.truncate;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.runner.SmallExchange.ENTRIES;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.SmallExchange.withdrawal;
import static dev.overseer.runner.Stand.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Provisional;
import dev.overseer.checks.Verdict;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.SmallExchange.Booking;
import dev.overseer.runner.SmallExchange.Progress;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.runner.judging.Finding;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** For which cuts each strategy judges, and when. */
class StrategiesTest {

  static CheckDeclaration<Booking> booked() {
    return declare(
        Booking.class,
        (view, judging) ->
            view.entries().size() == 1
                ? Outcome.passed()
                : Outcome.failed("entries", "One entry is expected", 1, view.entries().size()));
  }

  static CheckDeclaration<Progress> done() {
    return declare(
        Progress.class,
        (view, judging) ->
            view.withdrawal().status().equals("done")
                ? Outcome.passed()
                : Outcome.failed("open", "It is still open"));
  }

  private static <V> CheckDeclaration<V> declare(Class<V> type, Check<V> check) {
    return new CheckDeclaration<>(new CheckName("the-check"), type, check);
  }

  private static EffectiveTime at(double seconds) {
    return new EffectiveTime(seconds(seconds));
  }

  private static String told(Verdict verdict) {
    String outcome = verdict.outcome().getClass().getSimpleName();
    return "%s %s for %s at %s%s"
        .formatted(
            verdict.root().values().getFirst(),
            outcome,
            shown(verdict.trigger()),
            shown(verdict.cut()),
            switch (verdict.completeness()) {
              case Completeness.Complete() -> "";
              case Completeness.Provisional(var stale) -> " without " + stale;
            });
  }

  private static String shown(EffectiveTime time) {
    return BigDecimal.valueOf(time.micros(), 6).stripTrailingZeros().toPlainString();
  }

  private static List<String> told(List<Verdict> verdicts) {
    return verdicts.stream().map(StrategiesTest::told).toList();
  }

  @Test
  void a_check_waits_until_the_lagging_source_catches_up() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.mark(seconds(100));
    assertThat(stand.run()).isEmpty();

    stand.ledger.mark(seconds(11));
    assertThat(stand.run()).as("the cut is inclusive").isEmpty();

    stand.ledger.commit(seconds(11.5), insert(ENTRIES, "1", "1", "5"));
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 11");
  }

  @Test
  void when_fresh_every_update_is_judged_once_it_has_settled() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.ledger.commit(seconds(11.5), insert(ENTRIES, "7", "1", "5"));
    stand.mark(20);

    assertThat(told(stand.run()))
        .containsExactly("1 Failed for 10 at 11", "1 Passed for 11.5 at 12.5");
  }

  @Test
  void when_fresh_cuts_with_no_update_between_them_are_one_judgement() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.ledger.commit(seconds(10.5), insert(ENTRIES, "7", "1", "5"));
    stand.payments.commit(seconds(10.7), update(WITHDRAWALS, "1", "5", "sent"));
    stand.mark(20);

    assertThat(told(stand.run())).containsExactly("1 Passed for 10 at 11");
  }

  @Test
  void when_fresh_an_update_between_two_cuts_makes_them_two_judgements() {
    Stand stand = new Stand(booked());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.ledger.commit(seconds(10.5), insert(ENTRIES, "7", "1", "5"));
    stand.ledger.commit(seconds(11.2), insert(ENTRIES, "8", "1", "5"));
    stand.mark(20);

    assertThat(told(stand.run()))
        .containsExactly("1 Passed for 10 at 11", "1 Failed for 10.5 at 11.5");
  }

  @Test
  void deadlines_are_judged_each_for_time_is_what_they_ask_about() {
    Stand stand = new Stand(done().strategy(after(Duration.ofSeconds(30))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(11), update(WITHDRAWALS, "1", "5", "sent"));
    stand.mark(50);

    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 40", "1 Failed for 11 at 41");
  }

  @Test
  void emptying_a_table_updates_every_record_that_it_held() {
    Stand stand = new Stand(booked());
    int roots = 1200;
    for (int root = 1; root <= roots; root++) {
      stand.payments.commit(seconds(10), insert(WITHDRAWALS, "" + root, "5", "new"));
      stand.ledger.commit(seconds(10), insert(ENTRIES, "" + root, "" + root, "5"));
    }
    stand.mark(20);
    assertThat(stand.run()).hasSize(roots);

    stand.ledger.commit(seconds(30), truncate(ENTRIES));
    stand.mark(40);
    assertThat(told(stand.run()))
        .hasSize(roots)
        .contains("1 Failed for 30 at 31", "1200 Failed for 30 at 31");

    stand.payments.commit(seconds(50), truncate(WITHDRAWALS));
    stand.mark(60);
    assertThat(told(stand.run()))
        .hasSize(roots)
        .contains("1 NotApplicable for 50 at 51", "1200 NotApplicable for 50 at 51");
  }

  @Test
  void updates_of_one_transaction_are_one_trigger() {
    Stand stand = new Stand(booked());
    stand.ledger.commit(
        seconds(10), insert(ENTRIES, "7", "1", "5"), insert(ENTRIES, "8", "1", "5"));
    stand.mark(20);

    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 11");
  }

  @Test
  void a_deadline_needs_no_further_update() {
    Stand stand = new Stand(done().strategy(after(Duration.ofSeconds(30))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(40);
    assertThat(stand.run()).isEmpty();

    stand.mark(40.000001);
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 40");
  }

  @Test
  void eventually_it_passes_at_the_first_passing_cut() {
    Stand stand = new Stand(booked().strategy(eventuallyWithin(Duration.ofSeconds(5))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(11), update(WITHDRAWALS, "1", "5", "sent"));
    stand.ledger.commit(seconds(12), insert(ENTRIES, "7", "1", "5"));
    stand.mark(100);

    assertThat(told(stand.run())).containsExactly("1 Passed for 10 at 12");
    assertThat(stand.coverage().upTo()).isEqualTo(at(100).previous());
  }

  @Test
  void eventually_it_fails_when_the_window_is_covered_and_not_before() {
    Stand stand = new Stand(booked().strategy(eventuallyWithin(Duration.ofSeconds(5))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(15);
    assertThat(stand.run()).isEmpty();
    assertThat(stand.coverage().upTo()).isEqualTo(at(10).previous());

    stand.mark(15.1);
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 15");
  }

  @Test
  void a_pass_just_at_the_end_of_the_window_is_in_time() {
    Stand stand = new Stand(booked().strategy(eventuallyWithin(Duration.ofSeconds(5))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.ledger.commit(seconds(15), insert(ENTRIES, "7", "1", "5"));
    stand.mark(100);

    assertThat(told(stand.run())).containsExactly("1 Passed for 10 at 15");
  }

  @Test
  void an_update_that_is_not_selected_still_closes_a_window() {
    Stand stand =
        new Stand(
            booked().triggeredBy("withdrawal").strategy(eventuallyWithin(Duration.ofSeconds(5))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.ledger.commit(seconds(12), insert(ENTRIES, "7", "1", "5"));
    stand.ledger.commit(seconds(13), insert(ENTRIES, "8", "1", "5"));
    stand.mark(100);

    assertThat(told(stand.run())).containsExactly("1 Passed for 10 at 12");
  }

  @Test
  void while_a_root_fails_every_update_is_judged_soon_after_whatever_the_strategy() {
    Stand stand = new Stand(done().strategy(after(Duration.ofSeconds(30))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(50), update(WITHDRAWALS, "1", "5", "done"));
    stand.mark(60);
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 40", "1 Passed for 50 at 51");
    assertThat(stand.coverage().failed()).isZero();

    stand.mark(90);
    assertThat(told(stand.run())).containsExactly("1 Passed for 50 at 80");
  }

  @Test
  void immediately_gives_what_is_known_and_the_whole_later() {
    Stand stand = new Stand(booked().strategy(immediately()));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    assertThat(told(stand.run()))
        .containsExactly("1 Failed for 10 at 10 without [ledger, payments]");

    stand.ledger.commit(seconds(10), insert(ENTRIES, "7", "1", "5"));
    stand.mark(11);
    assertThat(told(stand.run())).containsExactly("1 Passed for 10 at 10");
  }

  @Test
  void provisional_verdicts_count_only_where_the_check_asks_for_that() {
    for (CheckDeclaration<Booking> check : List.of(booked(), booked().countProvisional())) {
      Stand stand = new Stand(check.strategy(immediately()));
      stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
      stand.run();
      stand.mark(11);
      stand.run();

      assertThat(stand.recorder.findings())
          .extracting(finding -> finding.verdict().isComplete(), Finding::counts)
          .containsExactly(
              tuple(false, check.definition().provisional() == Provisional.COUNTED),
              tuple(true, true));
    }
  }

  @Test
  void of_a_large_transaction_the_first_ten_thousand_are_answered_at_once_and_all_completely() {
    Stand stand = new Stand(done().strategy(immediately()));
    int rows = 10_500;
    stand.payments.commit(
        seconds(10),
        IntStream.range(0, rows)
            .mapToObj(id -> insert(WITHDRAWALS, Integer.toString(id), "5", "new"))
            .toArray(TableChange[]::new));
    assertThat(stand.run()).hasSize(10_000).noneMatch(Verdict::isComplete);

    stand.mark(11);
    assertThat(stand.run()).hasSize(rows).allMatch(Verdict::isComplete);
  }

  @Test
  void a_cut_that_waits_too_long_is_answered_provisionally_and_once() {
    Stand stand = new Stand(booked().waitAtMost(Duration.ofMinutes(10)));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.mark(seconds(20));
    assertThat(stand.run()).isEmpty();

    stand.clock.pass(Duration.ofMinutes(10));
    assertThat(stand.run()).isEmpty();
    stand.clock.pass(Duration.ofSeconds(2));
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 11 without [ledger]");
    stand.clock.pass(Duration.ofMinutes(20));
    stand.crash(EffectiveTime.MIN, booked());
    assertThat(stand.run()).isEmpty();

    stand.ledger.mark(seconds(20));
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 11");
  }

  @Test
  void an_authors_own_strategy_plans_its_cuts_from_the_view() {
    ExecutionStrategy own =
        custom(
            "twice",
            Duration.ofSeconds(20),
            Progress.class,
            (trigger, view) -> List.of(trigger, trigger.plusSeconds(view.withdrawal().id())));
    Stand stand = new Stand(done().strategy(own));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "3", "5", "new"));
    stand.payments.commit(seconds(12), insert(WITHDRAWALS, "20", "5", "new"));
    stand.payments.mark(seconds(15));

    assertThat(told(stand.run()))
        .containsExactly(
            "3 Failed for 10 at 10", "20 Failed for 12 at 12", "3 Failed for 10 at 13");
    assertThat(stand.coverage().upTo()).isEqualTo(at(12).previous());
    assertThat(stand.coverage().notYetDue()).isEqualTo(1);
  }

  @Test
  void a_cut_outside_the_horizon_is_an_error_of_the_check() {
    ExecutionStrategy own =
        custom(
            "late",
            Duration.ofSeconds(20),
            Progress.class,
            (trigger, view) -> List.of(trigger.plusSeconds(21)));
    Stand stand = new Stand(done().strategy(own));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "3", "5", "new"));
    stand.payments.mark(seconds(15));

    assertThat(told(stand.run())).containsExactly("3 Errored for 10 at 10");
    assertThat(stand.coverage().errored()).isEqualTo(1);
  }

  @Test
  void of_a_burst_the_last_update_counts_when_it_has_been_quiet() {
    Stand stand = new Stand(done().strategy(whenFresh().debounced(Duration.ofSeconds(2))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(11), update(WITHDRAWALS, "1", "5", "sent"));
    stand.payments.commit(seconds(12), update(WITHDRAWALS, "1", "5", "done"));
    stand.mark(15);
    assertThat(stand.run()).isEmpty();
    assertThat(stand.coverage().upTo()).isEqualTo(at(12).previous());
    assertThat(stand.coverage().notYetDue()).isEqualTo(1);

    stand.mark(15.1);
    assertThat(told(stand.run())).containsExactly("1 Passed for 12 at 15");
  }

  @Test
  void an_update_just_at_the_end_of_the_quiet_goes_on_with_the_burst() {
    Stand stand = new Stand(done().strategy(whenFresh().debounced(Duration.ofSeconds(2))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(12), update(WITHDRAWALS, "1", "5", "sent"));
    stand.payments.commit(seconds(14.000001), update(WITHDRAWALS, "1", "5", "done"));
    stand.mark(30);

    assertThat(told(stand.run()))
        .containsExactly("1 Passed for 12 at 15", "1 Passed for 14.000001 at 17.000001");
  }

  @Test
  void a_burst_that_never_ends_is_judged_from_time_to_time_and_goes_on_after_a_crash() {
    CheckDeclaration<Progress> check =
        done().strategy(whenFresh().debounced(Duration.ofSeconds(2), Duration.ofSeconds(4)));
    Stand stand = new Stand(check);
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "done"));
    for (int second = 11; second < 17; second++) {
      stand.payments.commit(seconds(second), update(WITHDRAWALS, "1", "5", "done"));
      stand.mark(second + 0.5);
      assertThat(stand.run()).isEmpty();
    }
    stand.crash(EffectiveTime.MIN, check);
    stand.mark(30);

    assertThat(told(stand.run())).containsExactly("1 Passed for 14 at 17", "1 Passed for 16 at 19");
  }

  @Test
  void a_window_opens_when_a_burst_is_over() {
    Stand stand =
        new Stand(
            booked()
                .strategy(
                    eventuallyWithin(Duration.ofSeconds(5)).debounced(Duration.ofSeconds(2))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(11), update(WITHDRAWALS, "1", "5", "sent"));
    stand.mark(18);
    assertThat(stand.run()).isEmpty();

    stand.mark(18.1);
    assertThat(told(stand.run())).containsExactly("1 Failed for 11 at 18");
  }

  @Test
  void strategies_put_together_judge_each_trigger_at_each_of_their_cuts() {
    Stand stand = new Stand(done().strategy(atEach(whenFresh(), after(Duration.ofSeconds(30)))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(25), update(WITHDRAWALS, "1", "5", "done"));
    stand.mark(41);

    assertThat(told(stand.run()))
        .containsExactly("1 Failed for 10 at 11", "1 Passed for 25 at 26", "1 Passed for 10 at 40");
    assertThat(stand.coverage().upTo()).isEqualTo(at(25).previous());
  }

  @Test
  void put_together_with_immediately_it_is_also_told_at_once() {
    Stand stand = new Stand(done().strategy(atEach(immediately(), whenFresh())));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 10 without [payments]");

    stand.mark(12);
    assertThat(told(stand.run())).containsExactly("1 Failed for 10 at 10", "1 Failed for 10 at 11");
  }

  @Test
  void what_makes_no_sense_together_is_refused() {
    assertThatThrownBy(() -> immediately().debounced(Duration.ofSeconds(1)))
        .hasMessageContaining("cannot wait for a burst");
    assertThatThrownBy(() -> whenFresh().debounced(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("PT2S");
    assertThatThrownBy(() -> whenFresh().debounced(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> atEach(whenFresh())).hasMessageContaining("two or more");
  }

  @Test
  void a_deadline_decides_where_nothing_came_and_the_latest_update_where_something_did() {
    Stand stand = new Stand(done().strategy(after(Duration.ofSeconds(30))));
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(50), update(WITHDRAWALS, "1", "5", "newer"));
    stand.payments.mark(seconds(60));
    stand.log.sync();
    stand.indexer.step();
    stand.runner.step();

    assertThat(stand.recorder.evidence())
        .extracting(Evidence::decider)
        .containsExactly(
            new Evidence.Decider.Deadline(),
            new Evidence.Decider.LatestUpdate(at(50), at(50).toInstant()));
    assertThat(stand.recorder.evidence().getFirst().updates())
        .extracting(Evidence.Update::record)
        .containsExactly(withdrawal(1));
  }
}
