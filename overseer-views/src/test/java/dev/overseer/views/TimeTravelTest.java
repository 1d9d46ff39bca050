package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.snapshot;
import static dev.overseer.formats.pgoutput.PgLogWriter.truncate;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgLogWriter.updateKey;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Exchange.ENTRY;
import static dev.overseer.views.Exchange.WITHDRAWAL;
import static dev.overseer.views.Exchange.WITHDRAWALS;
import static dev.overseer.views.Exchange.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A record's state as of any time. */
class TimeTravelTest {
  private final Exchange exchange = new Exchange();

  @Test
  void a_record_is_as_its_last_update_up_to_the_cut_left_it() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1.10", "a", null));
    exchange.payments.commit(200, update(WITHDRAWALS, "1", "2.00", "a", null));

    assertThat(exchange.state(WITHDRAWAL, "1", 99)).isEqualTo(RecordState.NEVER_SEEN);
    assertThat(amount(100)).isEqualTo(number("1.10"));
    assertThat(amount(199)).isEqualTo(number("1.10"));
    assertThat(amount(200)).isEqualTo(number("2.00"));
  }

  @Test
  void a_row_of_a_snapshot_is_a_state_to_start_from() {
    exchange.payments.commit(100, snapshot(WITHDRAWALS, "1", "1.10", "a", "long"));
    exchange.payments.commit(200, update(WITHDRAWALS, "1", "3", "a", UNCHANGED));

    assertThat(amount(100)).isEqualTo(number("1.10"));
    assertThat(note(200)).isEqualTo(new Value.Text("long"));
  }

  @Test
  void what_was_known_then_is_asked_by_log_offset() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    LogOffset before = exchange.here();
    exchange.payments.commit(200, update(WITHDRAWALS, "1", "2", "a", null));

    RecordState then = exchange.stateKnownAt(WITHDRAWAL, "1", 200, before);

    assertThat(value(then, "amount")).isEqualTo(number("1"));
    assertThat(amount(200)).isEqualTo(number("2"));
  }

  @Test
  void of_updates_at_the_same_time_the_later_in_the_log_counts() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.commit(100, update(WITHDRAWALS, "1", "2", "a", null));
    exchange.payments.commit(
        100, update(WITHDRAWALS, "1", "3", "a", null), update(WITHDRAWALS, "1", "4", "a", null));

    assertThat(amount(100)).isEqualTo(number("4"));
    assertThat(exchange.state(WITHDRAWAL, "1", 99)).isEqualTo(RecordState.NEVER_SEEN);
  }

  @Test
  void changes_without_their_commit_are_not_seen() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.torn(update(WITHDRAWALS, "1", "9", "a", null));

    assertThat(amount(300)).isEqualTo(number("1"));
  }

  @Test
  void a_value_left_out_as_unchanged_is_carried() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", "long"));
    exchange.payments.commit(200, update(WITHDRAWALS, "1", "2", "a", UNCHANGED));
    exchange.payments.commit(300, update(WITHDRAWALS, "1", "3", "a", UNCHANGED));

    assertThat(note(300)).isEqualTo(new Value.Text("long"));
    assertThat(amount(300)).isEqualTo(number("3"));
  }

  @Test
  void a_value_that_was_never_sent_is_unknown() {
    exchange.payments.commit(200, update(WITHDRAWALS, "1", "2", "a", UNCHANGED));

    assertThat(note(200)).isInstanceOf(Value.Unknown.class);
  }

  @Test
  void nothing_is_carried_into_a_new_incarnation() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", "long"));
    exchange.payments.commit(200, delete(WITHDRAWALS, "1"));
    exchange.payments.commit(300, update(WITHDRAWALS, "1", "2", "a", UNCHANGED));
    exchange.payments.commit(400, delete(WITHDRAWALS, "1"));
    exchange.payments.commit(500, insert(WITHDRAWALS, "1", "5", "a", null));

    assertThat(exchange.state(WITHDRAWAL, "1", 200)).isEqualTo(RecordState.DELETED);
    assertThat(note(300)).isInstanceOf(Value.Unknown.class);
    assertThat(amount(500)).isEqualTo(number("5"));
    assertThat(note(500)).isEqualTo(Value.NULL);
  }

  @Test
  void a_change_of_key_takes_the_values_along() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", "long"));
    exchange.payments.commit(200, updateKey(WITHDRAWALS, "1", "2", "1", "a", UNCHANGED));
    exchange.payments.commit(300, updateKey(WITHDRAWALS, "2", "3", "1", "a", UNCHANGED));

    assertThat(exchange.state(WITHDRAWAL, "1", 200)).isEqualTo(RecordState.DELETED);
    assertThat(exchange.state(WITHDRAWAL, "2", 199)).isEqualTo(RecordState.NEVER_SEEN);
    assertThat(exchange.state(WITHDRAWAL, "2", 300)).isEqualTo(RecordState.DELETED);
    assertThat(value(exchange.state(WITHDRAWAL, "3", 300), "note"))
        .isEqualTo(new Value.Text("long"));
  }

  @Test
  void keys_that_swap_in_one_transaction_swap_their_values() {
    exchange.payments.commit(
        100, insert(WITHDRAWALS, "1", "1", "a", "one"), insert(WITHDRAWALS, "2", "2", "a", "two"));
    exchange.payments.commit(
        200,
        updateKey(WITHDRAWALS, "1", "0", "1", "a", UNCHANGED),
        updateKey(WITHDRAWALS, "2", "1", "2", "a", UNCHANGED),
        updateKey(WITHDRAWALS, "0", "2", "1", "a", UNCHANGED));

    assertThat(note(200)).isEqualTo(new Value.Text("two"));
    assertThat(value(exchange.state(WITHDRAWAL, "2", 200), "note"))
        .isEqualTo(new Value.Text("one"));
    assertThat(exchange.state(WITHDRAWAL, "0", 200)).isEqualTo(RecordState.DELETED);
  }

  @Test
  void a_truncation_removes_every_record_of_its_table_and_no_other() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", "long"));
    exchange.ledger.commit(100, insert(Exchange.ENTRIES, "1", "1", "1"));
    exchange.payments.commit(200, truncate(WITHDRAWALS), insert(WITHDRAWALS, "2", "2", "a", null));
    exchange.payments.commit(300, update(WITHDRAWALS, "1", "3", "a", UNCHANGED));

    assertThat(exchange.state(WITHDRAWAL, "1", 200)).isEqualTo(RecordState.DELETED);
    assertThat(value(exchange.state(WITHDRAWAL, "2", 200), "amount")).isEqualTo(number("2"));
    assertThat(note(300)).isInstanceOf(Value.Unknown.class);
    assertThat(exchange.state(ENTRY, "1", 200)).isInstanceOf(RecordState.Present.class);
    assertThat(exchange.state(WITHDRAWAL, "7", 300)).isEqualTo(RecordState.NEVER_SEEN);
  }

  @Test
  void an_update_beside_a_truncation_is_ordered_by_the_log() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null), truncate(WITHDRAWALS));
    exchange.payments.commit(200, truncate(WITHDRAWALS), insert(WITHDRAWALS, "1", "2", "a", null));

    assertThat(exchange.state(WITHDRAWAL, "1", 100)).isEqualTo(RecordState.DELETED);
    assertThat(amount(200)).isEqualTo(number("2"));
  }

  @Test
  void a_member_tells_all_of_its_updates_and_the_truncations_since_the_first() {
    exchange.payments.commit(50, truncate(WITHDRAWALS));
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.commit(200, update(WITHDRAWALS, "1", "2", "a", null));
    exchange.payments.commit(300, truncate(WITHDRAWALS));

    assertThat(exchange.booking("1", 300).root().updates())
        .extracting(update -> update.effectiveTime().micros())
        .isEqualTo(List.of(100L, 200L, 300L));
  }

  @Test
  void a_record_with_too_many_updates_is_refused_with_the_limit() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.commit(200, update(WITHDRAWALS, "1", "2", "a", null));
    exchange.payments.commit(300, update(WITHDRAWALS, "1", "3", "a", null));
    exchange.limited(new ViewLimits(2, 10));

    assertThat(exchange.state(WITHDRAWAL, "1", 200)).isInstanceOf(RecordState.Present.class);
    assertThatThrownBy(() -> exchange.state(WITHDRAWAL, "1", 300))
        .isInstanceOf(ViewTooLarge.class)
        .hasMessageContaining(
            "withdrawal/1 has 3 updates, more than limits.maxUpdatesPerRecord (2)");
  }

  private Value amount(long cut) {
    return value(exchange.state(WITHDRAWAL, "1", cut), "amount");
  }

  private Value note(long cut) {
    return value(exchange.state(WITHDRAWAL, "1", cut), "note");
  }

  private static Value number(String text) {
    return new Value.Number(new BigDecimal(text));
  }
}
