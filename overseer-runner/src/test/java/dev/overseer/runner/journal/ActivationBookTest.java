package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.DEFINITION;
import static dev.overseer.runner.journal.JournalSamples.START;
import static dev.overseer.runner.journal.JournalSamples.second;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.store.log.MemoryLog;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActivationBookTest {
  private static final DefinitionHash OTHER = new DefinitionHash("decaf");

  private final MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 1));
  private final ActivationBook book = new ActivationBook(journal, InstantSource.fixed(START));

  @Test
  void a_definition_is_activated_once_and_keeps_its_beginning() {
    JournalEntry.Activated first = book.activate(CHECK, DEFINITION, second(5), "when fresh");

    assertThat(book.activate(CHECK, DEFINITION, second(9), "when fresh")).isEqualTo(first);
    assertThat(journal.end().value()).isEqualTo(1);
    assertThat(first.from()).isEqualTo(second(5));
  }

  @Test
  void it_is_known_after_a_crash() {
    book.activate(CHECK, DEFINITION, second(5), "when fresh");
    MemoryLog<JournalEntry> survived = journal.afterCrash();
    ActivationBook replayed = new ActivationBook(survived, InstantSource.fixed(START));

    JournalReplay.replay(survived, List.of(replayed));

    assertThat(replayed.find(CHECK)).isEqualTo(book.find(CHECK)).isPresent();
  }

  @Test
  void going_back_to_an_earlier_definition_activates_it_anew() {
    book.activate(CHECK, DEFINITION, second(1), "when fresh");
    book.activate(CHECK, OTHER, second(2), "after 5 s");

    assertThat(book.activate(CHECK, DEFINITION, second(3), "when fresh").from())
        .isEqualTo(second(3));
    assertThat(journal.end().value()).isEqualTo(3);
  }

  @Test
  void a_changed_definition_applies_to_nothing_that_an_earlier_one_has_judged() {
    book.activate(CHECK, DEFINITION, second(1), "when fresh");
    journal.append(
        new JournalEntry.QuietVerdicts(
            CHECK,
            DEFINITION,
            List.of(
                new JournalEntry.Quiet(withdrawal("1"), second(6), second(7), Outcome.passed()),
                new JournalEntry.Quiet(withdrawal("1"), second(2), second(3), Outcome.passed()))));
    journal.sync();
    ActivationBook replayed = new ActivationBook(journal, InstantSource.fixed(START));
    JournalReplay.replay(journal, List.of(replayed));

    assertThat(replayed.activate(CHECK, OTHER, second(2), "after 5 s").from())
        .isEqualTo(second(7).next());
    assertThat(replayed.activate(CHECK, DEFINITION, second(9), "when fresh").from())
        .isEqualTo(second(9));
  }
}
