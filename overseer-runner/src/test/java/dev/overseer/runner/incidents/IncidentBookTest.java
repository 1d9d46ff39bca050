package dev.overseer.runner.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.Desk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentBookTest {
  private static final IncidentId STALE = IncidentId.of(IncidentKind.SOURCE_STALE, "payments");

  private final Desk desk = Desk.fresh();

  @Test
  void raising_what_is_raised_and_clearing_what_is_clear_change_nothing() {
    clear();
    raise("not heard");
    raise("not heard");
    clear();
    clear();

    assertThat(words()).containsExactly("opened", "healed");
    assertThat(desk.entries(Escalated.class)).hasSize(2 * 2);
  }

  @Test
  void one_of_each_kind_and_subject_is_open() {
    raise("not heard");
    desk.incidents.raise(IncidentKind.SOURCE_STALE, "ledger", "not heard");
    desk.incidents.raise(IncidentKind.GAP, "payments", "slot lost");

    assertThat(desk.incidents.current()).hasSize(3);
    clear();
    assertThat(desk.incidents.current()).hasSize(2);
  }

  @Test
  void a_text_that_changes_is_put_on_record_at_most_once_a_minute() {
    raise("3 dead letters");
    raise("4 dead letters");
    assertThat(words()).containsExactly("opened");

    desk.clock.advance(Duration.ofMinutes(1));
    raise("5 dead letters");

    assertThat(words()).containsExactly("opened", "changed");
    assertThat(desk.incidents.find(STALE).orElseThrow().text()).isEqualTo("5 dead letters");
  }

  @Test
  void it_opens_again_in_place() {
    raise("not heard");
    clear();
    raise("not heard");

    assertThat(words()).containsExactly("opened", "healed", "reopened");
    assertThat(desk.incidents.current()).extracting(Incident::id).containsExactly(STALE);
  }

  @Test
  void people_act_on_it_as_on_a_violation() {
    raise("not heard");
    desk.incidents.act(
        STALE,
        "ann",
        new HumanAction.Snooze(desk.clock.instant().plusSeconds(60), "the bank is asked"));
    desk.clock.advance(Duration.ofSeconds(60));
    desk.waking.step();
    desk.incidents.act(STALE, "ann", new HumanAction.Resolve("the database is gone for good"));
    raise("not heard");

    assertThat(words()).containsExactly("opened", "snoozed", "snooze-ended", "resolved");
    assertThatThrownBy(
            () -> desk.incidents.act(STALE, "ann", new HumanAction.Acknowledge("asked the bank")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("Possible now: nothing");
    raise("refused");
    assertThat(desk.incidents.find(STALE).orElseThrow().state()).isEqualTo(State.OPEN);
  }

  @Test
  void it_is_retired_when_what_raised_it_is_not_configured_any_more() {
    raise("not heard");

    desk.incidents.retire(incident -> incident.subject().equals("payments"), "no such source");

    assertThat(words()).containsExactly("opened", "retired");
    assertThat(desk.incidents.current()).isEmpty();
  }

  @Test
  void what_was_raised_is_known_after_a_crash() {
    raise("not heard");

    assertThat(desk.afterCrash(LogOffset.ZERO).incidents.current())
        .isEqualTo(desk.incidents.current())
        .hasSize(1);
  }

  private void raise(String text) {
    desk.incidents.raise(IncidentKind.SOURCE_STALE, "payments", text);
  }

  private void clear() {
    desk.incidents.clear(IncidentKind.SOURCE_STALE, "payments", "it is heard again");
  }

  private List<String> words() {
    return desk.entries(IncidentTransitioned.class).stream()
        .map(moved -> moved.move().word())
        .toList();
  }
}
