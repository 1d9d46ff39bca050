package dev.overseer.runner;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.runner.SmallExchange.ENTRIES;
import static dev.overseer.runner.SmallExchange.RECEIPTS;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.SmallExchange.withdrawal;
import static dev.overseer.runner.Stand.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.SmallExchange.Booking;
import dev.overseer.runner.SmallExchange.LooseBooking;
import dev.overseer.runner.SmallExchange.Progress;
import dev.overseer.runner.SmallExchange.Receipted;
import dev.overseer.runner.journal.ActivationBook;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.runner.journal.SweepTally;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Withdrawals of the first 20 seconds, and a check that is in force from then on. */
class SweepTest {
  private static final CheckName CHECK = new CheckName("never-lost");
  private static final EffectiveTime FROM = new EffectiveTime(seconds(20));
  private static final Duration QUARTER = Duration.ofMillis(250);

  private final AtomicBoolean paused = new AtomicBoolean();
  private MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 2));
  private int recordsPerSecond = 400;
  private Stand stand = new Stand();
  private SweepBook book = new SweepBook(journal, _ -> recordsPerSecond, stand.clock);
  private double now = 20;

  private final CheckDeclaration<Progress> check =
      new CheckDeclaration<>(
          CHECK,
          Progress.class,
          (view, judging) ->
              view.withdrawal().status().equals("lost")
                  ? Outcome.failed("lost", "It is lost")
                  : Outcome.passed());

  private void begin(CheckDeclaration<?> declared, int withdrawals) {
    stand = new Stand(FROM, declared);
    for (int i = 1; i <= withdrawals; i++) {
      String status = i == 2 ? "lost" : "new";
      stand.payments.commit(
          seconds(i / 100.0), insert(WITHDRAWALS, Integer.toString(i), "5", status));
    }
    restart(declared);
  }

  /** Another process, on the journal and on what the last one left. */
  private void restart(CheckDeclaration<?> declared) {
    book = new SweepBook(journal, _ -> recordsPerSecond, stand.clock);
    ActivationBook activations = new ActivationBook(journal, stand.clock);
    JournalReplay.replay(journal, List.of(book, activations));
    DefinitionHash definition = Stand.active(declared.definition(), FROM).definition();
    book.activated(activations.activate(CHECK, definition, FROM, ""), false);
    stand.recorder.heard = book::judged;
    stand.supervision = new Swept(book, paused);
    stand.crash(FROM, declared);
  }

  private record Swept(SweepBook sweeps, AtomicBoolean paused) implements Supervision {
    @Override
    public boolean isPaused(CheckName check) {
      return paused.get();
    }

    @Override
    public Optional<String> suspension(CheckName check) {
      return Optional.empty();
    }

    @Override
    public boolean suspends() {
      return true;
    }

    @Override
    public void suspended(CheckName check, String why) {}

    @Override
    public void resumed(CheckName check, String why) {}
  }

  /** A quarter of a second passes, for us and for all sources. */
  private List<Verdict> pass() {
    now += 0.25;
    stand.mark(now);
    stand.clock.pass(QUARTER);
    return stand.run();
  }

  private List<Verdict> pass(int quarters) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < quarters; i++) {
      verdicts.addAll(pass());
    }
    return verdicts;
  }

  private static List<RecordKey> roots(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::root).toList();
  }

  @Test
  void what_failed_before_the_definition_was_in_force_is_found() {
    begin(check, 3);
    assertThat(pass(8)).isEmpty();

    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "a stricter rule");
    List<Verdict> verdicts = pass(8);

    assertThat(roots(verdicts))
        .containsExactlyInAnyOrder(withdrawal(1), withdrawal(2), withdrawal(3));
    assertThat(verdicts).allMatch(Verdict::isComplete);
    assertThat(verdicts.stream().filter(it -> it.outcome() instanceof Outcome.Failed))
        .extracting(Verdict::root)
        .containsExactly(withdrawal(2));
    assertThat(book.find(CHECK)).isEmpty();
    assertThat(book.findEnded(CHECK).orElseThrow().tally())
        .isEqualTo(new SweepTally(3, 3, 2, 1, 0, 0, 0));
    assertThat(stand.coverage().failed()).isOne();
  }

  @Test
  void roots_that_were_judged_under_the_definition_are_passed_over() {
    begin(check, 3);
    stand.payments.commit(seconds(20.1), update(WITHDRAWALS, "2", "5", "lost"));
    assertThat(roots(pass(8))).containsExactly(withdrawal(2));

    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");

    assertThat(roots(pass(8))).containsExactlyInAnyOrder(withdrawal(1), withdrawal(3));
    assertThat(book.findEnded(CHECK).orElseThrow().tally().lookedAt()).isEqualTo(3);
  }

  @Test
  void all_roots_are_judged_where_somebody_wants_that() {
    begin(check, 3);
    stand.payments.commit(seconds(20.1), update(WITHDRAWALS, "2", "5", "lost"));
    pass(8);

    book.begin(CHECK, SweepScope.ALL, "ann", "");

    assertThat(roots(pass(8))).hasSize(3);
  }

  @Test
  void it_waits_until_all_is_judged_once_more_that_is_on_record() {
    begin(check, 3);
    book.judged(
        new Verdict(
            CHECK,
            Stand.active(check.definition(), FROM).definition(),
            withdrawal(1),
            new EffectiveTime(seconds(22)),
            new EffectiveTime(seconds(23)),
            new Verdict.Completeness.Complete(),
            Outcome.passed()));
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");

    assertThat(pass(8)).isEmpty();
    assertThat(book.standing(CHECK).held()).contains("what is on record is judged once more");
    assertThat(pass(20)).hasSize(3).allMatch(verdict -> verdict.cut().micros() > seconds(23));
  }

  @Test
  void no_more_roots_are_looked_at_than_it_may() {
    recordsPerSecond = 8;
    begin(check, 9);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");

    pass();
    assertThat(book.find(CHECK).orElseThrow().tally().lookedAt()).isEqualTo(2);
    pass();
    assertThat(book.find(CHECK).orElseThrow().tally().lookedAt()).isEqualTo(4);
    assertThat(book.standing(CHECK).records()).isEqualTo(9);
    assertThat(book.standing(CHECK).isCounted()).isTrue();

    assertThat(roots(pass(12))).doesNotHaveDuplicates().hasSize(9);
  }

  @Test
  void a_sweep_goes_on_where_it_was_when_the_process_died() {
    recordsPerSecond = 8;
    begin(check, 9);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");
    List<Verdict> before = pass(7);
    assertThat(book.find(CHECK)).isPresent();

    journal = journal.afterCrash();
    restart(check);
    List<Verdict> all = new ArrayList<>(before);
    all.addAll(pass(12));

    assertThat(roots(all)).doesNotHaveDuplicates().hasSize(9);
    assertThat(book.findEnded(CHECK).orElseThrow().tally().triggered()).isEqualTo(9);
  }

  @Test
  void a_runner_that_begins_anew_says_the_same_of_what_was_swept() {
    recordsPerSecond = 8;
    begin(check, 9);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");
    List<Verdict> before = pass(20);
    assertThat(book.findEnded(CHECK)).isPresent();

    stand.store = new MemoryStore(Durability.WRITTEN, Runner.SPACES);
    restart(check);

    assertThat(pass()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void what_was_just_updated_is_judged_as_it_is_then() {
    begin(check, 3);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");
    assertThat(pass()).isEmpty();
    stand.payments.commit(seconds(20.6), update(WITHDRAWALS, "2", "5", "found"));

    assertThat(pass(8)).allMatch(it -> it.outcome() instanceof Outcome.Passed);
  }

  @Test
  void a_deadline_begins_when_the_sweep_triggers_it() {
    CheckDeclaration<Progress> patient =
        check.strategy(ExecutionStrategy.after(Duration.ofSeconds(5)));
    begin(patient, 3);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");

    assertThat(pass(20)).isEmpty();
    assertThat(book.find(CHECK).orElseThrow().isWalked()).isTrue();
    assertThat(pass(4))
        .hasSize(3)
        .allMatch(it -> it.trigger().plus(Duration.ofSeconds(5)).equals(it.cut()));
    assertThat(book.find(CHECK)).isEmpty();
  }

  @Test
  void it_waits_while_the_check_is_paused_and_while_a_source_is_silent() {
    begin(check, 3);
    paused.set(true);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");
    assertThat(pass(8)).isEmpty();
    assertThat(book.standing(CHECK).held().orElseThrow()).contains("paused");

    paused.set(false);
    recordsPerSecond = 1;
    pass();
    stand.clock.pass(Duration.ofMinutes(1));
    stand.run();
    assertThat(book.find(CHECK).orElseThrow().tally().lookedAt()).isOne();
    assertThat(book.standing(CHECK).held().orElseThrow()).contains("source");

    recordsPerSecond = 400;
    assertThat(roots(pass(8))).hasSize(3);
  }

  @Test
  void what_is_stopped_triggers_nothing_more() {
    recordsPerSecond = 4;
    begin(check, 9);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");
    pass(2);

    book.stop(CHECK, "ann", "not now");

    assertThat(roots(pass(12))).hasSize(2);
    assertThat(book.findEnded(CHECK).orElseThrow().by()).contains("ann");
  }

  private final CheckDeclaration<Booking> booked =
      new CheckDeclaration<>(CHECK, Booking.class, (_, _) -> Outcome.passed());

  /** So many entries of a withdrawal, each of which is a second later than the one before. */
  private void book(long withdrawal, int entries, double from) {
    for (int i = 0; i < entries; i++) {
      String id = Long.toString(100 * withdrawal + i);
      stand.ledger.commit(seconds(from + i), insert(ENTRIES, id, Long.toString(withdrawal), "5"));
    }
  }

  private SweepTally swept(SweepScope scope) {
    book.begin(CHECK, scope, "ann", "");
    pass(8);
    return book.findEnded(CHECK).orElseThrow().tally();
  }

  @Test
  void members_of_a_root_that_was_never_seen_are_found() {
    begin(booked, 3);
    book(1, 1, 5);
    book(7, 1, 6);
    pass();

    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "a stricter rule");
    List<Verdict> verdicts = pass(8);

    assertThat(roots(verdicts))
        .containsExactlyInAnyOrder(withdrawal(1), withdrawal(2), withdrawal(3), withdrawal(7));
    assertThat(verdicts.stream().filter(it -> it.outcome() instanceof Outcome.Failed))
        .extracting(Verdict::root)
        .containsExactly(withdrawal(7));
    assertThat(book.findEnded(CHECK).orElseThrow().tally())
        .isEqualTo(new SweepTally(5, 4, 3, 1, 0, 0, 0));
  }

  @Test
  void a_root_that_was_never_seen_is_triggered_once_however_many_members_it_has() {
    recordsPerSecond = 8;
    begin(booked, 0);
    book(7, 12, 1);

    book.begin(CHECK, SweepScope.ALL, "ann", "");

    assertThat(roots(pass(12))).containsExactly(withdrawal(7));
    assertThat(book.findEnded(CHECK).orElseThrow().tally().lookedAt()).isEqualTo(12);
  }

  @Test
  void a_root_that_was_never_seen_is_passed_over_where_a_member_triggered_it() {
    begin(booked, 0);
    book(7, 1, 5);
    book(8, 1, 20.1);
    assertThat(roots(pass(8))).containsExactly(withdrawal(8));

    assertThat(swept(SweepScope.UNJUDGED).triggered()).isOne();
    assertThat(swept(SweepScope.ALL).triggered()).isEqualTo(2);
  }

  @Test
  void a_member_that_went_to_another_root_or_is_gone_belongs_to_none_any_more() {
    begin(booked, 1);
    book(7, 2, 5);
    stand.ledger.commit(seconds(8), update(ENTRIES, "700", "1", "5"));
    stand.ledger.commit(seconds(9), delete(ENTRIES, "701"));

    assertThat(swept(SweepScope.UNJUDGED).triggered()).as("withdrawal 1 itself").isOne();
  }

  @Test
  void a_check_that_ignores_orphans_is_not_asked_of_them() {
    begin(booked.ignoreOrphans(), 3);
    book(7, 1, 5);

    assertThat(swept(SweepScope.ALL).lookedAt()).isEqualTo(3);
  }

  @Test
  void a_check_whose_view_may_be_without_a_root_decides_itself() {
    begin(
        new CheckDeclaration<>(
                CHECK,
                LooseBooking.class,
                (view, _) -> Outcome.failed("loose", "Of nobody", 0, view.entries().size()))
            .ignoreOrphans(),
        0);
    book(7, 1, 5);

    assertThat(swept(SweepScope.ALL).failed()).isOne();
  }

  @Test
  void what_belongs_to_a_root_by_way_of_another_record_is_found_by_that_one() {
    begin(new CheckDeclaration<>(CHECK, Receipted.class, (_, _) -> Outcome.passed()), 0);
    book(7, 1, 5);
    stand.mail.commit(seconds(6), insert(RECEIPTS, "1", "700", "thanks"));
    stand.mail.commit(seconds(7), insert(RECEIPTS, "2", "999", "thanks"));

    assertThat(swept(SweepScope.UNJUDGED)).isEqualTo(new SweepTally(1, 1, 0, 1, 0, 0, 0));
  }

  @Test
  void a_sweep_that_goes_on_after_a_crash_finds_the_other_orphans_and_no_more() {
    recordsPerSecond = 8;
    begin(booked, 0);
    for (int i = 1; i <= 9; i++) {
      book(i, 1, i);
    }
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");
    List<Verdict> all = new ArrayList<>(pass(7));
    assertThat(book.find(CHECK)).isPresent();

    journal = journal.afterCrash();
    restart(booked);
    all.addAll(pass(12));

    assertThat(roots(all)).doesNotHaveDuplicates().hasSize(9);
  }

  /** Entries come, move to another withdrawal and go; withdrawals come for some of them. */
  private Set<RecordKey> anyHistory(Random random) {
    Map<Integer, Integer> entries = new TreeMap<>();
    Set<RecordKey> toBeJudged = new HashSet<>();
    for (double at = 0; at < 19; at += 0.1) {
      int id = random.nextInt(30);
      int to = random.nextInt(40);
      if (random.nextInt(10) == 0 && toBeJudged.add(withdrawal(to))) {
        stand.payments.commit(seconds(at), insert(WITHDRAWALS, Integer.toString(to), "5", "new"));
      } else if (!entries.containsKey(id)) {
        entries.put(id, to);
        stand.ledger.commit(seconds(at), insert(ENTRIES, words(id, to)));
      } else if (random.nextBoolean()) {
        entries.put(id, to);
        stand.ledger.commit(seconds(at), update(ENTRIES, words(id, to)));
      } else {
        entries.remove(id);
        stand.ledger.commit(seconds(at), delete(ENTRIES, Integer.toString(id)));
      }
    }
    entries.values().forEach(to -> toBeJudged.add(withdrawal(to)));
    return toBeJudged;
  }

  private static String[] words(int id, int to) {
    return new String[] {Integer.toString(id), Integer.toString(to), "5"};
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatever_happened_before_every_root_that_was_seen_or_has_members_is_judged(long seed) {
    Random random = new Random(seed);
    recordsPerSecond = 8 + random.nextInt(40);
    begin(booked, 0);
    Set<RecordKey> toBeJudged = anyHistory(random);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");

    List<Verdict> all = new ArrayList<>();
    while (book.find(CHECK).isPresent()) {
      all.addAll(pass());
      if (random.nextInt(10) == 0) {
        journal = journal.afterCrash();
        restart(booked);
      }
    }

    assertThat(Set.copyOf(roots(all))).isEqualTo(toBeJudged);
    assertThat(all)
        .filteredOn(it -> it.outcome() instanceof Outcome.Failed)
        .as("orphans")
        .isNotEmpty();
  }
}
