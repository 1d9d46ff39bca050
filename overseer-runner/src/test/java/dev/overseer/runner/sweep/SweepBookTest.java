package dev.overseer.runner.sweep;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.DEFINITION;
import static dev.overseer.runner.journal.JournalSamples.START;
import static dev.overseer.runner.journal.JournalSamples.second;
import static dev.overseer.runner.journal.JournalSamples.verdict;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.journal.ActivationBook;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.store.log.MemoryLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SweepBookTest {
  private static final DefinitionHash OTHER = new DefinitionHash("0ddba11");

  private MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 1));
  private SweepBook book;
  private ActivationBook activations;

  SweepBookTest() {
    restart();
  }

  private void restart() {
    journal = journal.afterCrash();
    InstantSource clock = InstantSource.fixed(START);
    book = new SweepBook(journal, _ -> 100, clock);
    activations = new ActivationBook(journal, clock);
    JournalReplay.replay(journal, List.of(book, activations));
  }

  private void activate(DefinitionHash definition, boolean sweepsChanged) {
    book.activated(activations.activate(CHECK, definition, EffectiveTime.MIN, ""), sweepsChanged);
  }

  private void go(double second, String root) {
    book.go(
        book.find(CHECK).orElseThrow(),
        second(second),
        List.of(withdrawal(root)),
        1,
        Optional.of(withdrawal(root)));
  }

  private List<SweepWent> eachFrom(double second) {
    List<SweepWent> each = new ArrayList<>();
    book.eachFrom(second(second), CHECK, DEFINITION, each::add);
    return each;
  }

  @Test
  void a_sweep_is_known_after_a_crash_with_how_far_it_came_and_what_came_of_it() {
    activate(DEFINITION, false);
    book.begin(CHECK, SweepScope.ALL, "ann", "the ledger was restored");
    go(5, "1");
    restart();
    book.judged(verdict(withdrawal("1"), 5, Outcome.failed("lost", "It is lost")));
    book.judged(verdict(withdrawal("1"), 6, Outcome.passed()));

    SweepState sweep = book.find(CHECK, DEFINITION).orElseThrow();
    assertThat(sweep.begun().by()).contains("ann");
    assertThat(sweep.walk()).isEqualTo(new SweepState.Walk.After(withdrawal("1")));
    assertThat(sweep.tally().failed()).isOne();
    assertThat(sweep.tally().passed()).as("not what an update triggered").isZero();
  }

  @Test
  void verdicts_on_record_are_counted_after_a_crash_if_the_sweep_triggered_them() {
    activate(DEFINITION, false);
    book.begin(CHECK, SweepScope.ALL, "ann", "");
    go(5, "1");
    journal.append(
        new JournalEntry.QuietVerdicts(
            CHECK, DEFINITION, List.of(passed("1", 5), passed("2", 4), passed("1", 6))));
    journal.sync();
    restart();

    assertThat(book.find(CHECK).orElseThrow().tally().passed()).isOne();
  }

  private static JournalEntry.Quiet passed(String root, double trigger) {
    return new JournalEntry.Quiet(
        withdrawal(root), second(trigger), second(trigger + 1), Outcome.passed());
  }

  @Test
  void another_definition_ends_a_sweep() {
    activate(DEFINITION, false);
    book.begin(CHECK, SweepScope.UNJUDGED, "ann", "");
    activate(OTHER, false);
    restart();

    assertThat(book.find(CHECK)).isEmpty();
    assertThat(book.findEnded(CHECK).orElseThrow().reason()).contains("another definition");
  }

  @Test
  void one_begins_by_itself_when_a_definition_was_changed_and_only_then() {
    activate(DEFINITION, true);
    assertThat(book.find(CHECK)).as("a new check").isEmpty();

    activate(OTHER, true);
    assertThat(book.find(CHECK, OTHER)).isPresent();
    book.end(book.find(CHECK).orElseThrow());
    restart();
    activate(OTHER, true);
    assertThat(book.find(CHECK)).as("once for each definition").isEmpty();
  }

  @Test
  void a_process_that_died_between_activation_and_sweep_begins_it_later() {
    activate(DEFINITION, true);
    activations.activate(CHECK, OTHER, EffectiveTime.MIN, "");
    restart();

    activate(OTHER, true);

    assertThat(book.find(CHECK, OTHER)).isPresent();
  }

  @Test
  void what_was_triggered_is_told_again_from_any_time_on() {
    activate(DEFINITION, false);
    book.begin(CHECK, SweepScope.ALL, "ann", "");
    for (int second = 0; second < 300; second += 10) {
      go(second, Integer.toString(second));
    }
    restart();

    assertThat(eachFrom(0)).hasSize(30);
    assertThat(eachFrom(155)).first().extracting(SweepWent::trigger).isEqualTo(second(160));
    assertThat(eachFrom(291)).isEmpty();
  }

  @Test
  void there_is_one_sweep_of_a_check_and_somebody_who_wanted_it() {
    assertThatThrownBy(() -> book.begin(CHECK, SweepScope.ALL, "ann", ""))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("never active");
    activate(DEFINITION, false);
    assertThatThrownBy(() -> book.begin(CHECK, SweepScope.ALL, " ", ""))
        .isInstanceOf(InvalidRequest.class);
    book.begin(CHECK, SweepScope.ALL, "ann", "");
    assertThatThrownBy(() -> book.begin(CHECK, SweepScope.ALL, "ben", ""))
        .hasMessageContaining("under way");
    book.stop(CHECK, "ben", "enough");
    assertThatThrownBy(() -> book.stop(CHECK, "ben", "")).hasMessageContaining("no sweep");
  }
}
