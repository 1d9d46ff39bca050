package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.store.log.MemoryLog;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModeBookTest {
  private MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 1));
  private ModeBook book = new ModeBook(journal, InstantSource.fixed(START));

  private void restart() {
    journal = journal.afterCrash();
    book = new ModeBook(journal, InstantSource.fixed(START));
    JournalReplay.replay(journal, List.of(book));
  }

  @Test
  void a_check_is_active_where_nobody_ever_chose() {
    assertThat(book.mode(CHECK)).isEqualTo(CheckMode.ACTIVE);
    book.configure(CHECK, CheckMode.ACTIVE);
    assertThat(journal.end().value()).isZero();
  }

  @Test
  void what_somebody_chose_is_known_after_a_crash_with_who_and_why() {
    book.choose(CHECK, CheckMode.PAUSED, "ann", "the ledger moves");
    restart();

    assertThat(book.isPaused(CHECK)).isTrue();
    assertThat(book.find(CHECK).orElseThrow().by()).contains("ann");
    assertThat(book.find(CHECK).orElseThrow().reason()).isEqualTo("the ledger moves");
  }

  @Test
  void a_configuration_decides_when_it_says_something_else_than_before() {
    book.configure(CHECK, CheckMode.OBSERVE);
    assertThat(book.isTold(CHECK)).isFalse();
    book.choose(CHECK, CheckMode.ACTIVE, "ann", "it was right");
    restart();

    book.configure(CHECK, CheckMode.OBSERVE);
    assertThat(book.mode(CHECK)).as("people's word holds").isEqualTo(CheckMode.ACTIVE);

    book.configure(CHECK, CheckMode.PAUSED);
    assertThat(book.mode(CHECK)).isEqualTo(CheckMode.PAUSED);
  }

  @Test
  void nobody_chooses_without_a_name_and_a_reason() {
    assertThatThrownBy(() -> book.choose(CHECK, CheckMode.PAUSED, "ann", " "))
        .isInstanceOf(InvalidRequest.class);
  }
}
