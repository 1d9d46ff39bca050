package dev.overseer.runner;

import static dev.overseer.checks.ExecutionStrategy.eventuallyWithin;
import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.runner.SmallExchange.ENTRIES;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.Stand.seconds;
import static dev.overseer.runner.StrategiesTest.booked;
import static dev.overseer.runner.StrategiesTest.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.backtest.Backtest;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.BacktestReport;
import dev.overseer.runner.backtest.BacktestRequest;
import dev.overseer.runner.backtest.Difference;
import dev.overseer.runner.backtest.Episode;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a backtest tells. That it judges as a live run does, the simulation shows too. */
class BacktestTest {
  private static final Workers ALONE = Workers.onCallersThread(1);
  private final List<Verdict> said = Collections.synchronizedList(new ArrayList<>());

  private static EffectiveTime at(double seconds) {
    return new EffectiveTime(seconds(seconds));
  }

  private Backtest backtest(
      Stand stand,
      BacktestRequest request,
      Workers workers,
      Optional<ReadableLog<JournalEntry>> journal) {
    return new Backtest(
        request,
        new BacktestParts(
            stand.log,
            stand.index,
            SmallExchange.DEFINITIONS,
            stand.formats::decoder,
            (index, log) ->
                new StoredViews(
                    index, log, SmallExchange.DEFINITIONS, stand.formats, ViewLimits.DEFAULT),
            CheckCalls::direct,
            stand.clock),
        new BacktestLimits(
            2, 64, 1 << 6, 1 << 16, 100, new RunnerLimits(100, 100, Duration.ZERO, 100, 100)),
        workers,
        journal,
        said::addAll);
  }

  private BacktestReport report(Stand stand, CheckDeclaration<?> check, double from, double to) {
    BacktestRequest request =
        new BacktestRequest(Stand.active(check.definition(), at(from)), at(to));
    return backtest(stand, request, ALONE, Optional.empty()).run();
  }

  @Test
  void what_would_have_failed_is_listed_with_why_and_when_it_healed() {
    Stand stand = new Stand();
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(11), insert(WITHDRAWALS, "2", "5", "new"));
    stand.ledger.commit(seconds(20), insert(ENTRIES, "7", "1", "5"));
    stand.mark(30);
    stand.run();

    BacktestReport report = report(stand, booked(), 0, 100);

    assertThat(report.episodes())
        .extracting(it -> it.root().toString(), Episode::cut, Episode::healedAt)
        .containsExactly(
            tuple("withdrawal/1", at(11), Optional.of(at(21))),
            tuple("withdrawal/2", at(12), Optional.empty()));
    assertThat(report.episodes().getFirst().reasons())
        .extracting(Outcome.Reason::text)
        .containsExactly("One entry is expected");
    assertThat(report.failures()).isEqualTo(2);
    assertThat(report.failingAtEnd()).isEqualTo(1);
    assertThat(report.outcomes().failed()).isEqualTo(2);
    assertThat(report.outcomes().passed()).isEqualTo(1);
    assertThat(report.waits().median()).isEqualTo(Duration.ofSeconds(1));
    assertThat(report.cost().updates()).isEqualTo(3);
    assertThat(report.cost().judgements()).isEqualTo(3);
  }

  @Test
  void what_a_deadline_decided_took_nothing_longer() {
    Stand stand = new Stand();
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(100);
    stand.run();

    BacktestReport report =
        report(stand, booked().strategy(eventuallyWithin(Duration.ofSeconds(30))), 0, 100);

    assertThat(report.episodes().getFirst().cut()).isEqualTo(at(40));
    assertThat(report.episodes().getFirst().decidedBy().byDeadline()).isTrue();
    assertThat(report.waits().byDeadline()).isEqualTo(1);
  }

  @Test
  void updates_outside_the_window_trigger_nothing_and_are_seen() {
    Stand stand = new Stand();
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.ledger.commit(seconds(10), insert(ENTRIES, "7", "1", "5"));
    stand.payments.commit(seconds(50), update(WITHDRAWALS, "1", "5", "sent"));
    stand.payments.commit(seconds(60), insert(WITHDRAWALS, "2", "5", "new"));
    stand.ledger.commit(seconds(75), insert(ENTRIES, "8", "2", "5"));
    stand.payments.commit(seconds(90), insert(WITHDRAWALS, "3", "5", "new"));
    stand.mark(200);
    stand.run();

    BacktestReport report =
        report(stand, booked().strategy(eventuallyWithin(Duration.ofSeconds(30))), 40, 70);

    assertThat(said)
        .extracting(verdict -> verdict.root().values().getFirst(), Verdict::trigger, Verdict::cut)
        .containsExactly(tuple("1", at(50), at(50)), tuple("2", at(60), at(75)));
    assertThat(report.outcomes().all()).isEqualTo(2);
    assertThat(report.failures()).isZero();
  }

  @Test
  void it_reads_no_more_of_the_log_than_the_window_takes() {
    Stand stand = new Stand();
    for (int i = 0; i < 200; i++) {
      stand.payments.commit(seconds(10 + i), insert(WITHDRAWALS, Integer.toString(i), "5", "new"));
      stand.ledger.commit(seconds(10 + i), insert(ENTRIES, Integer.toString(i), "" + i, "5"));
    }
    stand.mark(300);
    stand.run();

    BacktestReport report = report(stand, booked(), 100, 110);

    assertThat(report.outcomes().passed()).isEqualTo(10);
    assertThat(report.cost().updates()).isLessThan(40);
  }

  @Test
  void what_differs_from_the_record_is_told() {
    Stand stand = new Stand(done());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.payments.commit(seconds(20), insert(WITHDRAWALS, "2", "5", "done"));
    stand.payments.commit(seconds(30), insert(WITHDRAWALS, "3", "5", "checked"));
    stand.payments.commit(seconds(40), insert(WITHDRAWALS, "4", "5", "new"));
    stand.mark(60);
    List<Verdict> live = stand.run();
    CheckDeclaration<SmallExchange.Progress> changed =
        new CheckDeclaration<>(
                done().definition().name(),
                SmallExchange.Progress.class,
                (view, judging) ->
                    view.withdrawal().status().equals("new")
                        ? Outcome.failed("open", "It is still open")
                        : Outcome.passed())
            .version("2");
    BacktestRequest request =
        new BacktestRequest(Stand.active(changed.definition(), at(0)), at(100));

    var differences =
        backtest(stand, request, ALONE, Optional.of(journal(live.subList(0, 3))))
            .run()
            .differences()
            .orElseThrow();

    assertThat(differences.same()).isEqualTo(2);
    assertThat(differences.otherOutcome()).isEqualTo(1);
    assertThat(differences.onlyBacktest()).isEqualTo(1);
    assertThat(differences.onlyLive()).isZero();
    assertThat(differences.listed())
        .extracting(it -> it.root().toString(), Difference::cut)
        .containsExactly(tuple("withdrawal/3", at(31)), tuple("withdrawal/4", at(41)));
  }

  @Test
  void verdicts_of_roots_that_failed_before_the_window_are_no_difference() {
    Stand stand = new Stand(done().triggeredBy("nothing-of-it"));
    Stand live = new Stand(done());
    for (Stand each : List.of(stand, live)) {
      each.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
      each.payments.commit(seconds(50), update(WITHDRAWALS, "1", "5", "sent"));
      each.mark(60);
    }
    List<Verdict> recorded = live.run();
    stand.run();
    BacktestRequest request =
        new BacktestRequest(
            Stand.active(done().triggeredBy("nothing-of-it").definition(), at(40)), at(100));

    var differences =
        backtest(stand, request, ALONE, Optional.of(journal(recorded)))
            .run()
            .differences()
            .orElseThrow();

    assertThat(recorded).hasSize(2);
    assertThat(differences.areNone()).isTrue();
    assertThat(differences.carried()).isEqualTo(1);
  }

  @Test
  void what_a_sweep_triggered_is_no_difference() {
    Stand stand = new Stand(done());
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "done"));
    stand.mark(60);
    List<Verdict> live = stand.run();
    Verdict swept =
        new Verdict(
            live.getFirst().check(),
            live.getFirst().definition(),
            live.getFirst().root(),
            at(30),
            at(31),
            live.getFirst().completeness(),
            live.getFirst().outcome());
    MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 9));
    journal.append(
        new JournalEntry.SweepWent(
            swept.check(),
            swept.definition(),
            swept.trigger(),
            List.of(swept.root()),
            1,
            Optional.empty(),
            Instant.EPOCH));
    append(List.of(live.getFirst(), swept), journal);
    BacktestRequest request =
        new BacktestRequest(Stand.active(done().definition(), at(0)), at(100));

    var differences =
        backtest(stand, request, ALONE, Optional.of(journal)).run().differences().orElseThrow();

    assertThat(differences.same()).isOne();
    assertThat(differences.areNone()).isTrue();
    assertThat(differences.carried()).isOne();
  }

  private static MemoryLog<JournalEntry> journal(List<Verdict> verdicts) {
    MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 9));
    append(verdicts, journal);
    return journal;
  }

  private static void append(List<Verdict> verdicts, MemoryLog<JournalEntry> journal) {
    for (Verdict verdict : verdicts) {
      journal.append(
          new Judged(
              VerdictId.of(verdict),
              verdict,
              new Evidence(List.of(), 0, Map.of(), new Evidence.Decider.Deadline()),
              Instant.EPOCH));
    }
    journal.sync();
  }

  @Test
  void many_parts_on_threads_of_their_own_say_the_same_as_the_live_run() {
    Stand stand = new Stand(booked().strategy(eventuallyWithin(Duration.ofSeconds(5))));
    busy(stand, new Random(7));
    List<Verdict> live = stand.run();
    ActiveCheck check =
        Stand.active(
            booked().strategy(eventuallyWithin(Duration.ofSeconds(5))).definition(),
            EffectiveTime.MIN);

    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Workers workers = new Workers(3, Optional.of(threads), () -> 0, () -> {});
      backtest(stand, new BacktestRequest(check, EffectiveTime.MAX), workers, Optional.empty())
          .run();
    }

    assertThat(live).hasSizeGreaterThan(200);
    assertThat(said).containsExactlyInAnyOrderElementsOf(live);
  }

  @Test
  void a_window_says_what_the_whole_says_of_it() {
    Stand stand = new Stand(booked());
    busy(stand, new Random(8));
    stand.run();
    report(stand, booked(), -1, 1_000_000);
    List<Verdict> whole = List.copyOf(said);
    said.clear();

    report(stand, booked(), 200, 300);

    List<Verdict> ofWindow =
        whole.stream()
            .filter(it -> !it.trigger().isBefore(at(200)) && it.trigger().isBefore(at(300)))
            .toList();
    assertThat(ofWindow).hasSizeGreaterThan(20);
    assertThat(said).containsExactlyInAnyOrderElementsOf(ofWindow);
  }

  private static void busy(Stand stand, Random random) {
    for (int i = 1; i <= 500; i++) {
      String root = Integer.toString(random.nextInt(1, 200));
      String entry = Integer.toString(random.nextInt(1, 200));
      switch (random.nextInt(4)) {
        case 0 -> stand.payments.commit(seconds(i), update(WITHDRAWALS, root, "5", "sent"));
        case 1 -> stand.payments.commit(seconds(i), insert(WITHDRAWALS, root, "5", "new"));
        case 2 -> stand.ledger.commit(seconds(i), insert(ENTRIES, entry, root, "5"));
        default -> stand.ledger.commit(seconds(i), delete(ENTRIES, entry));
      }
    }
    stand.mark(1000);
  }

  @Test
  void it_can_be_cancelled() {
    Stand stand = new Stand();
    stand.payments.commit(seconds(10), insert(WITHDRAWALS, "1", "5", "new"));
    stand.mark(30);
    stand.run();
    BacktestRequest request =
        new BacktestRequest(Stand.active(done().definition(), at(0)), EffectiveTime.MAX);
    Backtest backtest = backtest(stand, request, ALONE, Optional.empty());
    backtest.cancel();

    assertThatThrownBy(backtest::run).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void a_window_must_have_a_length() {
    assertThatThrownBy(() -> new BacktestRequest(Stand.active(done().definition(), at(10)), at(10)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("the end must be later");
  }
}
