package dev.overseer.views.binding;

import static dev.overseer.views.binding.HandMadeView.DEFINITION;
import static dev.overseer.views.binding.HandMadeView.DEFINITIONS;
import static dev.overseer.views.binding.HandMadeView.ENTRY;
import static dev.overseer.views.binding.HandMadeView.WITHDRAWAL;
import static dev.overseer.views.binding.HandMadeView.number;
import static dev.overseer.views.binding.HandMadeView.present;
import static dev.overseer.views.binding.HandMadeView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordState;
import dev.overseer.model.SchemaReader.Column;
import dev.overseer.model.Value;
import dev.overseer.views.AmbiguousMember;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordBindingTest {
  private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";

  record Booking(Withdrawal withdrawal, List<Entry> ledgerEntries, Optional<Receipt> receipt) {}

  record Withdrawal(UUID id, BigDecimal amount, Status status) {}

  record Entry(BigDecimal amount) {}

  record Receipt(String number) {}

  enum Status {
    REQUESTED,
    NOT_COMPLETED
  }

  private static final RecordState.Present ROOT =
      present("id", text(ID), "amount", number("1.10"), "status", text("not-completed"));

  @Test
  void a_view_is_bound_by_the_names_of_aliases_and_columns() {
    View view =
        new HandMadeView()
            .root(ROOT)
            .with("ledger-entries", "1", present("amount", number("1.1")))
            .with("ledger-entries", "2", present("amount", number("2.00")))
            .view();

    assertThat(bind(Booking.class, view))
        .isEqualTo(
            new Booking(
                new Withdrawal(UUID.fromString(ID), new BigDecimal("1.10"), Status.NOT_COMPLETED),
                List.of(new Entry(new BigDecimal("1.1")), new Entry(new BigDecimal("2.00"))),
                Optional.empty()));
  }

  @Test
  void one_member_is_bound_to_an_optional() {
    View view =
        new HandMadeView().root(ROOT).with("receipt", "9", present("number", text("r"))).view();

    assertThat(bind(Booking.class, view).receipt()).contains(new Receipt("r"));
  }

  record NullableReceipt(@Nullable Receipt receipt) {}

  @Test
  void one_member_or_none_is_bound_to_a_nullable() {
    View none = new HandMadeView().root(ROOT).view();
    View one =
        new HandMadeView().root(ROOT).with("receipt", "9", present("number", text("r"))).view();

    assertThat(bind(NullableReceipt.class, none).receipt()).isNull();
    assertThat(bind(NullableReceipt.class, one).receipt()).isEqualTo(new Receipt("r"));
  }

  @Test
  void several_members_where_one_is_expected_are_a_finding_of_their_own() {
    View view =
        new HandMadeView()
            .root(ROOT)
            .with("receipt", "8", present("number", text("r")))
            .with("receipt", "9", present("number", text("r")))
            .view();

    assertThatThrownBy(() -> bind(Booking.class, view))
        .isInstanceOfSatisfying(
            AmbiguousMember.class,
            found -> assertThat(found.reasonCode()).isEqualTo("more-than-one-receipt"))
        .hasMessage(
            "At most one record is expected as 'receipt', and there are 2: receipt/8, receipt/9");
  }

  record Everything(
      String text,
      String numberAsText,
      BigInteger big,
      int small,
      @Nullable Long boxed,
      boolean flag,
      Instant at,
      LocalDate day,
      LocalDateTime localAt,
      byte[] digest,
      Optional<String> note,
      Value raw) {}

  record EverythingView(Everything withdrawal) {}

  @Test
  void every_type_is_made_of_its_form() {
    View view =
        new HandMadeView()
            .root(
                present(
                    "text",
                    text("t"),
                    "number_as_text",
                    number("1.10"),
                    "big",
                    number("123456789012345678901234567890"),
                    "small",
                    number("7.0"),
                    "boxed",
                    Value.NULL,
                    "flag",
                    new Value.Bool(true),
                    "at",
                    new Value.Time(Instant.EPOCH),
                    "day",
                    text("2026-01-02"),
                    "local_at",
                    text("2026-01-02 03:04:05.5"),
                    "digest",
                    new Value.Bytes(new byte[] {1}),
                    "note",
                    Value.NULL,
                    "raw",
                    new Value.Unknown("left out")))
            .view();

    Everything bound = bind(EverythingView.class, view).withdrawal();

    assertThat(bound.text()).isEqualTo("t");
    assertThat(bound.numberAsText()).isEqualTo("1.10");
    assertThat(bound.big()).isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(bound.small()).isEqualTo(7);
    assertThat(bound.boxed()).isNull();
    assertThat(bound.flag()).isTrue();
    assertThat(bound.at()).isEqualTo(Instant.EPOCH);
    assertThat(bound.day()).isEqualTo(LocalDate.of(2026, 1, 2));
    assertThat(bound.localAt()).isEqualTo(LocalDateTime.of(2026, 1, 2, 3, 4, 5, 500_000_000));
    assertThat(bound.digest()).containsExactly(1);
    assertThat(bound.note()).isEmpty();
    assertThat(bound.raw()).isEqualTo(new Value.Unknown("left out"));
  }

  record Amount(BigDecimal amount) {}

  record AmountView(Amount withdrawal) {}

  @Test
  void an_unknown_value_is_never_bound_to_null_or_anything_else() {
    View view = new HandMadeView().root(present("amount", new Value.Unknown("never sent"))).view();

    assertThatThrownBy(() -> bind(AmountView.class, view))
        .isInstanceOf(UnknownValue.class)
        .hasMessage("withdrawal.amount of withdrawal/42 is unknown: never sent");
  }

  @Test
  void a_column_that_the_table_did_not_have_yet_is_unknown() {
    View view = new HandMadeView().root(present("id", text("42"))).view();

    assertThatThrownBy(() -> bind(AmountView.class, view))
        .isInstanceOf(UnknownValue.class)
        .hasMessageContaining("its table had no such column then, but id");
  }

  @Test
  void a_member_that_cannot_be_read_makes_its_view_unknown() {
    View view =
        new HandMadeView()
            .root(ROOT)
            .with("ledger-entries", "7", new RecordState.Unreadable("a dead letter"))
            .view();

    assertThatThrownBy(() -> bind(Booking.class, view))
        .isInstanceOf(UnknownValue.class)
        .hasMessage("ledger-entry/7 cannot be told: a dead letter");
  }

  @Test
  void null_where_nothing_says_that_it_may_be_is_refused_with_the_remedy() {
    View view = new HandMadeView().root(present("amount", Value.NULL)).view();

    assertThatThrownBy(() -> bind(AmountView.class, view))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage(
            "withdrawal.amount of withdrawal/42 is null, and AmountView.withdrawal.amount cannot"
                + " be: make the component an Optional, or @Nullable");
  }

  @Test
  void a_value_that_a_field_cannot_hold_is_refused_with_the_value() {
    View view = new HandMadeView().root(present("amount", text("NaN"))).view();

    assertThatThrownBy(() -> bind(AmountView.class, view))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageStartingWith(
            "withdrawal.amount of withdrawal/42 is 'NaN', which AmountView.withdrawal.amount"
                + " (BigDecimal) cannot hold");
  }

  record Narrow(int count) {}

  record NarrowView(Narrow withdrawal) {}

  @Test
  void a_number_is_never_cut_to_fit() {
    for (String tooMuch : List.of("3000000000", "1.5")) {
      View view = new HandMadeView().root(present("count", number(tooMuch))).view();
      assertThatThrownBy(() -> bind(NarrowView.class, view)).isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void a_text_that_is_no_constant_is_refused_with_those_that_are() {
    View view =
        new HandMadeView()
            .root(present("id", text(ID), "amount", number("1"), "status", text("lost")))
            .view();

    assertThatThrownBy(() -> bind(Booking.class, view))
        .hasMessageContaining("is 'lost'")
        .hasMessageContaining("REQUESTED, NOT_COMPLETED");
  }

  @Test
  void a_column_is_found_whatever_its_case_and_hyphenation() {
    record Named(String accountId, String IBANCode, String line2) {}
    record NamedView(Named withdrawal) {}
    View view =
        new HandMadeView()
            .root(present("account-ID", text("a"), "iban_code", text("b"), "line_2", text("c")))
            .view();

    assertThat(bind(NamedView.class, view).withdrawal()).isEqualTo(new Named("a", "b", "c"));
  }

  record Wrong(
      WrongWithdrawal withdrawal, Entry ledgerEntries, Receipt receipt, Optional<String> reciept) {}

  record WrongWithdrawal(double amount, Float rate, Thread thread, Map<Integer, String> tags) {}

  @Test
  void everything_that_does_not_fit_is_told_at_once() {
    assertThat(ViewBindings.mismatches(Wrong.class, DEFINITION, DEFINITIONS))
        .extracting(Mismatch::field)
        .containsExactly(
            "Wrong.withdrawal.amount",
            "Wrong.withdrawal.rate",
            "Wrong.withdrawal.thread",
            "Wrong.withdrawal.tags",
            "Wrong.ledgerEntries",
            "Wrong.receipt",
            "Wrong.reciept");
    assertThatThrownBy(() -> ViewBindings.bindingFor(Wrong.class, DEFINITION, DEFINITIONS))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageStartingWith("Wrong cannot be bound to view 'withdrawal-booking':\n  Wrong.")
        .hasMessageContaining("found double, which holds most decimal amounts only nearly")
        .hasMessageContaining("use BigDecimal")
        .hasMessageContaining("a List of records, because there may be many 'ledger-entries'")
        .hasMessageContaining("Optional or @Nullable record, because there may be no 'receipt'")
        .hasMessageContaining(
            "an alias of view 'withdrawal-booking': withdrawal, ledger-entries, receipt, found"
                + " 'reciept'; did you mean 'receipt'?");
  }

  @Test
  void a_root_that_may_be_absent_needs_a_field_that_may_be_empty() {
    assertThat(
            ViewBindings.mismatches(AmountView.class, HandMadeView.definition(true), DEFINITIONS))
        .extracting(Mismatch::field)
        .containsExactly("AmountView.withdrawal");
  }

  record OptionalRoot(Optional<Amount> withdrawal) {}

  @Test
  void a_root_that_is_not_there_is_an_empty_optional() {
    View view = new HandMadeView().root(RecordState.DELETED).view();

    assertThat(
            ViewBindings.bindingFor(OptionalRoot.class, HandMadeView.definition(true), DEFINITIONS)
                .bind(view)
                .withdrawal())
        .isEmpty();
    assertThatThrownBy(() -> bind(AmountView.class, view))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("withdrawal/42 is not there");
  }

  @Test
  void a_type_that_is_neither_record_nor_protobuf_is_refused() {
    assertThatThrownBy(() -> ViewBindings.bindingFor(String.class, DEFINITION, DEFINITIONS))
        .hasMessageContaining(
            "a Java record or a generated protobuf message, found java.lang.String");
  }

  @Test
  void fields_are_held_against_the_columns_that_tables_really_have() {
    List<Mismatch> mismatches =
        ViewBindings.columnMismatches(
            Booking.class,
            DEFINITION,
            Map.of(
                WITHDRAWAL,
                    List.of(
                        new Column("id", Value.Number.class),
                        new Column("amount", Value.Number.class),
                        new Column("state", Value.Text.class)),
                ENTRY, List.of(new Column("amount", Value.Number.class))));

    assertThat(mismatches)
        .extracting(Mismatch::toString)
        .containsExactly(
            "Booking.withdrawal.id: expected UUID to be made of column 'id' of model 'withdrawal',"
                + " found a column of form Number",
            "Booking.withdrawal.status: expected a column of model 'withdrawal': id, amount, state,"
                + " found 'status'; did you mean 'state'?");
  }

  private static <V> V bind(Class<V> type, View view) {
    return ViewBindings.bindingFor(type, DEFINITION, DEFINITIONS).bind(view);
  }
}
