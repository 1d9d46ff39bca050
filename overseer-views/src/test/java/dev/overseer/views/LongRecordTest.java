package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.truncate;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Exchange.WITHDRAWAL;
import static dev.overseer.views.Exchange.WITHDRAWALS;
import static dev.overseer.views.Exchange.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A record with more updates than are read at once, or kept in memory. */
class LongRecordTest {
  private static final int UPDATES = 700;

  private final Exchange exchange = new Exchange();

  /** The record's note after each update; "none" when there is no record. */
  private final List<String> notes = new ArrayList<>();

  private final List<LogOffset> known = new ArrayList<>();

  @Test
  void its_state_is_as_its_updates_left_it_however_far_back_that_takes_reading() {
    write(new Random(11));

    for (int i = 0; i < UPDATES; i++) {
      assertThat(note(exchange.state(WITHDRAWAL, "1", i))).isEqualTo(notes.get(i));
    }
  }

  @Test
  void its_state_as_it_was_known_then_needs_no_later_update() {
    write(new Random(12));

    for (int i = 0; i < UPDATES; i += 7) {
      RecordState then = exchange.stateKnownAt(WITHDRAWAL, "1", UPDATES, known.get(i));
      assertThat(note(then)).isEqualTo(notes.get(i));
    }
  }

  @Test
  void a_member_tells_all_of_the_updates_that_its_state_is_of_when_asked() {
    for (int i = 0; i < UPDATES; i++) {
      exchange.payments.commit(i, update(WITHDRAWALS, "1", "1", "a", "note"));
    }

    View view = exchange.booking("1", UPDATES + 10);

    exchange.payments.commit(UPDATES, update(WITHDRAWALS, "1", "1", "a", "later"));
    assertThat(exchange.booking("1", UPDATES + 10).root().updates()).hasSize(UPDATES + 1);
    assertThat(view.root().updates()).hasSize(UPDATES);
  }

  @Test
  void only_what_is_read_counts_for_the_limit() {
    exchange.limited(new ViewLimits(100, 10));
    for (int i = 0; i < UPDATES; i++) {
      exchange.payments.commit(i, update(WITHDRAWALS, "1", "1", "a", "note"));
    }

    View view = exchange.booking("1", UPDATES);

    assertThat(note(view.root().state())).isEqualTo("note");
    assertThatThrownBy(() -> view.root().updates().size()).isInstanceOf(ViewTooLarge.class);

    for (int i = UPDATES; i < 2 * UPDATES; i++) {
      exchange.payments.commit(i, update(WITHDRAWALS, "1", "1", "a", UNCHANGED));
    }
    assertThatThrownBy(() -> exchange.state(WITHDRAWAL, "1", 2 * UPDATES))
        .isInstanceOf(ViewTooLarge.class);
  }

  /** Mostly updates that leave the note out, so that it is found far back. */
  private void write(Random random) {
    String note = "none";
    for (int i = 0; i < UPDATES; i++) {
      int choice = random.nextInt(60);
      if (note.equals("none")) {
        note = "note " + i;
        exchange.payments.commit(i, insert(WITHDRAWALS, "1", "1", "a", note));
      } else if (choice == 0) {
        note = "none";
        exchange.payments.commit(i, delete(WITHDRAWALS, "1"));
      } else if (choice == 1) {
        note = "none";
        exchange.payments.commit(i, truncate(WITHDRAWALS));
      } else if (choice == 2) {
        note = "note " + i;
        exchange.payments.commit(i, update(WITHDRAWALS, "1", "1", "a", note));
      } else {
        exchange.payments.commit(i, update(WITHDRAWALS, "1", "1", "a", UNCHANGED));
      }
      notes.add(note);
      known.add(exchange.here());
    }
  }

  private static String note(RecordState state) {
    return switch (state) {
      case RecordState.Present _ ->
          value(state, "note") instanceof Value.Text(String text) ? text : "unknown";
      case RecordState.Deleted _ -> "none";
      case RecordState.NeverSeen _, RecordState.Unreadable _ -> state.toString();
    };
  }
}
