package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.truncate;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgLogWriter.updateKey;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Exchange.ACCOUNT;
import static dev.overseer.views.Exchange.ACCOUNTS;
import static dev.overseer.views.Exchange.BOOKING;
import static dev.overseer.views.Exchange.DEFINITIONS;
import static dev.overseer.views.Exchange.ENTRIES;
import static dev.overseer.views.Exchange.ENTRY;
import static dev.overseer.views.Exchange.LINE;
import static dev.overseer.views.Exchange.LINES;
import static dev.overseer.views.Exchange.WITHDRAWAL;
import static dev.overseer.views.Exchange.WITHDRAWALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordState;
import dev.overseer.views.binding.ViewBindings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is in a view at a cut, and in whose view a record is. */
class JoinTest {
  private final Exchange exchange = new Exchange();

  @Test
  void members_refer_to_their_root_at_the_cut() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", null, null));
    exchange.ledger.commit(200, insert(ENTRIES, "10", "1", "1"), insert(ENTRIES, "9", "1", "1"));
    exchange.ledger.commit(300, insert(ENTRIES, "11", "2", "1"), delete(ENTRIES, "10"));

    assertThat(exchange.members("1", "entries", 199)).isEmpty();
    assertThat(exchange.members("1", "entries", 200)).containsExactly("10", "9");
    assertThat(exchange.members("1", "entries", 300)).containsExactly("9");
    assertThat(exchange.members("2", "entries", 300)).containsExactly("11");
  }

  @Test
  void a_reference_that_moves_takes_the_member_along_and_concerns_both_roots() {
    exchange.ledger.commit(100, insert(ENTRIES, "10", "1", "1"));
    exchange.ledger.commit(200, update(ENTRIES, "10", "2", "1"));
    exchange.ledger.commit(300, update(ENTRIES, "10", null, "1"));

    assertThat(exchange.members("1", "entries", 199)).containsExactly("10");
    assertThat(exchange.members("1", "entries", 200)).isEmpty();
    assertThat(exchange.members("2", "entries", 200)).containsExactly("10");
    assertThat(exchange.roots("entries", ENTRY, "10", 100)).containsExactly("1");
    assertThat(exchange.roots("entries", ENTRY, "10", 200)).containsExactly("1", "2");
    assertThat(exchange.roots("entries", ENTRY, "10", 300)).containsExactly("2");
    assertThat(exchange.roots("entries", ENTRY, "10", 301)).isEmpty();
  }

  @Test
  void a_reference_learnt_later_gives_no_root_before() {
    exchange.ledger.commit(100, insert(ENTRIES, "10", null, "1"));
    exchange.ledger.commit(200, update(ENTRIES, "10", "1", "1"));

    assertThat(exchange.roots("entries", ENTRY, "10", 100)).isEmpty();
    assertThat(exchange.members("1", "entries", 100)).isEmpty();
  }

  @Test
  void a_removed_member_concerns_the_root_that_it_left() {
    exchange.ledger.commit(100, insert(ENTRIES, "10", "1", "1"), insert(ENTRIES, "11", "1", "1"));
    exchange.ledger.commit(200, delete(ENTRIES, "10"));
    exchange.ledger.commit(300, truncate(ENTRIES));

    assertThat(exchange.roots("entries", ENTRY, "10", 200)).containsExactly("1");
    assertThat(exchange.roots("entries", ENTRY, "10", 201)).isEmpty();
    assertThat(exchange.roots("entries", ENTRY, "11", 300)).containsExactly("1");
    assertThat(exchange.members("1", "entries", 300)).isEmpty();
  }

  @Test
  void a_member_under_a_new_key_is_a_member_still() {
    exchange.ledger.commit(100, insert(ENTRIES, "10", "1", "1"));
    exchange.ledger.commit(200, updateKey(ENTRIES, "10", "20", "1", "1"));

    assertThat(exchange.members("1", "entries", 200)).containsExactly("20");
    assertThat(exchange.roots("entries", ENTRY, "10", 200)).containsExactly("1");
    assertThat(exchange.roots("entries", ENTRY, "20", 200)).containsExactly("1");
  }

  @Test
  void members_of_a_root_that_was_never_seen_are_found_all_the_same() {
    exchange.ledger.commit(100, insert(ENTRIES, "10", "77", "1"));

    View view = exchange.booking("77", 100);

    assertThat(view.root().state()).isEqualTo(RecordState.NEVER_SEEN);
    assertThat(exchange.members("77", "entries", 100)).containsExactly("10");
    assertThat(exchange.roots("entries", ENTRY, "10", 100)).containsExactly("77");
  }

  @Test
  void a_member_that_the_root_refers_to_is_there_once_both_are() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.commit(200, insert(ACCOUNTS, "a", "Ada"), insert(ACCOUNTS, "b", "Bob"));
    exchange.payments.commit(300, update(WITHDRAWALS, "1", "1", "b", null));
    exchange.payments.commit(400, delete(ACCOUNTS, "b"));

    assertThat(exchange.members("1", "account", 100)).isEmpty();
    assertThat(exchange.members("1", "account", 200)).containsExactly("a");
    assertThat(exchange.members("1", "account", 300)).containsExactly("b");
    assertThat(exchange.members("1", "account", 400)).isEmpty();
    assertThat(exchange.roots("account", ACCOUNT, "a", 200)).containsExactly("1");
    assertThat(exchange.roots("account", ACCOUNT, "b", 200)).isEmpty();
    assertThat(exchange.roots("account", ACCOUNT, "a", 300)).containsExactly("1");
    assertThat(exchange.roots("account", ACCOUNT, "a", 301)).isEmpty();
    assertThat(exchange.roots("account", ACCOUNT, "b", 400)).containsExactly("1");
  }

  @Test
  void members_of_members_are_found_over_several_hops() {
    exchange.ledger.commit(100, insert(ENTRIES, "10", "1", "1"), insert(LINES, "5", "10", "x"));
    exchange.ledger.commit(200, update(ENTRIES, "10", "2", "1"));

    assertThat(exchange.members("1", "lines", 100)).containsExactly("5");
    assertThat(exchange.members("1", "lines", 200)).isEmpty();
    assertThat(exchange.members("2", "lines", 200)).containsExactly("5");
    assertThat(exchange.roots("lines", LINE, "5", 100)).containsExactly("1");
    assertThat(exchange.roots("lines", LINE, "5", 200)).containsExactly("1", "2");
  }

  @Test
  void a_member_whose_parent_is_gone_has_no_root() {
    exchange.ledger.commit(100, insert(ENTRIES, "10", "1", "1"), insert(LINES, "5", "10", "x"));
    exchange.ledger.commit(200, delete(ENTRIES, "10"));

    assertThat(exchange.members("1", "lines", 200)).isEmpty();
    assertThat(exchange.roots("lines", LINE, "5", 201)).isEmpty();
  }

  @Test
  void the_root_is_its_own_root() {
    assertThat(exchange.roots("withdrawal", WITHDRAWAL, "1", 100)).containsExactly("1");
  }

  @Test
  void a_member_of_which_it_cannot_be_told_whether_it_is_one_is_there_and_unreadable() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", null, null));
    exchange.ledger.commit(100, insert(ENTRIES, "10", "1", "1"));
    exchange.ledger.commit(200, delete(ENTRIES, "10"));
    exchange.ledger.commit(300, insert(ENTRIES, "11", "1", "1"));
    exchange.ledger.commit(400, update(ENTRIES, "10", UNCHANGED, "1"));

    assertThat(exchange.members("1", "entries", 300)).containsExactly("11");
    assertThat(exchange.booking("1", 400).members().get("entries"))
        .extracting(member -> member.state().getClass().getSimpleName())
        .isEqualTo(List.of("Unreadable", "Present"));
    assertThat(exchange.roots("entries", ENTRY, "10", 400)).containsExactly("1");
    assertThatThrownBy(() -> bind("1", 400))
        .isInstanceOf(UnknownValue.class)
        .hasMessageContaining("entry/10 cannot be told: column 'withdrawal_id' is unknown");
  }

  record Booking(Withdrawal withdrawal, List<Entry> entries, Optional<Account> account) {}

  record Withdrawal(long id, BigDecimal amount) {}

  record Entry(BigDecimal amount) {}

  record Account(String owner) {}

  @Test
  void a_view_is_bound_with_every_digit_that_the_database_wrote() {
    exchange.payments.commit(
        100, insert(WITHDRAWALS, "1", "1.10", "a", null), insert(ACCOUNTS, "a", "Ada"));
    exchange.ledger.commit(
        100,
        insert(ENTRIES, "10", "1", "1.100000000000000000"),
        insert(ENTRIES, "11", "1", "-0.1"));

    assertThat(bind("1", 100))
        .isEqualTo(
            new Booking(
                new Withdrawal(1, new BigDecimal("1.10")),
                List.of(
                    new Entry(new BigDecimal("1.100000000000000000")),
                    new Entry(new BigDecimal("-0.1"))),
                Optional.of(new Account("Ada"))));
  }

  @Test
  void a_view_with_too_many_members_is_refused_with_the_limit() {
    for (int i = 0; i < 4; i++) {
      exchange.ledger.commit(100, insert(ENTRIES, "" + i, "1", "1"));
    }
    exchange.limited(new ViewLimits(10, 3));

    assertThatThrownBy(() -> exchange.booking("1", 100))
        .isInstanceOf(ViewTooLarge.class)
        .hasMessageContaining("limits.maxMembers (3)");
  }

  @Test
  void an_alias_that_the_view_lacks_is_refused() {
    assertThatThrownBy(() -> new Exchange().roots("no-such-alias", ENTRY, "1", 100))
        .isInstanceOf(InvalidRequest.class);
  }

  private Booking bind(String withdrawal, long cut) {
    return ViewBindings.bindingFor(Booking.class, BOOKING, DEFINITIONS)
        .bind(exchange.booking(withdrawal, cut));
  }
}
