package dev.overseer.views.binding;

import static dev.overseer.views.binding.HandMadeView.DEFINITION;
import static dev.overseer.views.binding.HandMadeView.DEFINITIONS;
import static dev.overseer.views.binding.HandMadeView.number;
import static dev.overseer.views.binding.HandMadeView.present;
import static dev.overseer.views.binding.HandMadeView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageBindingTest {

  @Test
  void a_view_is_bound_to_a_message_by_field_names() {
    View view =
        new HandMadeView()
            .root(withdrawal("1.10", text("completed"), number("3")))
            .with(
                "ledger-entries",
                "1",
                present(
                    "amount",
                    number("1.10"),
                    "settled",
                    new Value.Bool(true),
                    "digest",
                    new Value.Bytes(new byte[] {1, 2}),
                    "line",
                    number("4294967295")))
            .view();

    assertThat(bind(view))
        .isEqualTo(
            BookingProto.newBuilder()
                .setWithdrawal(
                    WithdrawalProto.newBuilder()
                        .setId("42")
                        .setAmount("1.10")
                        .setStatus(StatusProto.STATUS_COMPLETED)
                        .setRequestedAt(Timestamp.newBuilder().setSeconds(5).setNanos(1000))
                        .setAttempts(3))
                .addLedgerEntries(
                    EntryProto.newBuilder()
                        .setAmount("1.10")
                        .setSettled(true)
                        .setDigest(ByteString.copyFrom(new byte[] {1, 2}))
                        .setLine(-1))
                .build());
  }

  @Test
  void null_is_a_field_that_is_not_set() {
    View view = new HandMadeView().root(withdrawal("1", Value.NULL, number("3"))).view();

    WithdrawalProto bound = bind(view).getWithdrawal();

    assertThat(bound.hasStatus()).isFalse();
    assertThat(bound.hasAmount()).isTrue();
  }

  @Test
  void null_where_a_field_cannot_tell_it_from_zero_is_refused() {
    View view = new HandMadeView().root(withdrawal("1", text("requested"), Value.NULL)).view();

    assertThatThrownBy(() -> bind(view))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage(
            "withdrawal.attempts of withdrawal/42 is null, and BookingProto.withdrawal.attempts"
                + " cannot be: make the field optional");
  }

  @Test
  void an_unknown_value_is_not_an_unset_field() {
    View view =
        new HandMadeView()
            .root(withdrawal("1", new Value.Unknown("never sent"), number("3")))
            .view();

    assertThatThrownBy(() -> bind(view)).isInstanceOf(UnknownValue.class);
  }

  @Test
  void a_constant_is_found_by_what_follows_its_types_name() {
    assertThat(status("not completed")).isEqualTo(StatusProto.STATUS_NOT_COMPLETED);
    assertThat(status("STATUS_REQUESTED")).isEqualTo(StatusProto.STATUS_REQUESTED);
    assertThatThrownBy(() -> status("lost")).hasMessageContaining("STATUS_REQUESTED");
  }

  @Test
  void everything_that_does_not_fit_is_told_at_once() {
    assertThat(ViewBindings.mismatches(MisfitProto.class, DEFINITION, DEFINITIONS))
        .extracting(Mismatch::field)
        .containsExactly(
            "MisfitProto.withdrawal.amount",
            "MisfitProto.withdrawal.tags",
            "MisfitProto.withdrawal.entry.value",
            "MisfitProto.withdrawal.more",
            "MisfitProto.ledger_entries",
            "MisfitProto.receipt",
            "MisfitProto.reciept");
    assertThatThrownBy(() -> ViewBindings.bindingFor(MisfitProto.class, DEFINITION, DEFINITIONS))
        .hasMessageContaining("a binary floating point")
        .hasMessageContaining("MisfitProto.withdrawal.entry")
        .hasMessageContaining("did you mean 'receipt'?");
  }

  @Test
  void documents_are_messages_arrays_are_repeated_and_wrappers_may_be_null() {
    String details =
        """
        {"amount": 1.10, "at": "2026-01-02T03:04:05Z",
         "lines": [{"sku": "a", "count": 2}, {"sku": "b"}]}
        """;
    View view =
        new HandMadeView()
            .root(present("details", text(details), "tags", text("{x,y}"), "memo", Value.NULL))
            .view();

    InvoiceDetailsProto bound =
        ViewBindings.bindingFor(InvoiceProto.class, DEFINITION, DEFINITIONS)
            .bind(view)
            .getWithdrawal();

    assertThat(bound.getTagsList()).containsExactly("x", "y");
    assertThat(bound.hasMemo()).isFalse();
    assertThat(bound.getDetails().getAmount()).isEqualTo("1.10");
    assertThat(bound.getDetails().getAt().getSeconds()).isEqualTo(1_767_323_045);
    assertThat(bound.getDetails().getLines(0).getCount().getValue()).isEqualTo(2);
    assertThat(bound.getDetails().getLines(1).hasCount()).isFalse();
  }

  private static Object status(String text) {
    View view = new HandMadeView().root(withdrawal("1", text(text), number("3"))).view();
    return bind(view).getWithdrawal().getStatus();
  }

  private static BookingProto bind(View view) {
    return ViewBindings.bindingFor(BookingProto.class, DEFINITION, DEFINITIONS).bind(view);
  }

  private static RecordState withdrawal(String amount, Value status, Value attempts) {
    return present(
        "id",
        text("42"),
        "amount",
        number(amount),
        "status",
        status,
        "requestedAt",
        new Value.Time(Instant.ofEpochSecond(5, 1000)),
        "attempts",
        attempts);
  }
}
