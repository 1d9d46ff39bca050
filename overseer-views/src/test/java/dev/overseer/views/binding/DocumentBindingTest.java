package dev.overseer.views.binding;

import static dev.overseer.views.binding.HandMadeView.DEFINITION;
import static dev.overseer.views.binding.HandMadeView.DEFINITIONS;
import static dev.overseer.views.binding.HandMadeView.number;
import static dev.overseer.views.binding.HandMadeView.present;
import static dev.overseer.views.binding.HandMadeView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.Discriminator;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Columns that hold documents and arrays, and records of several kinds. */
class DocumentBindingTest {
  private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";

  record Booking(Withdrawal withdrawal) {}

  record Withdrawal(Details details, List<String> tags, List<BigDecimal> fees) {}

  record Details(
      UUID id, BigDecimal amount, Instant at, Optional<String> memo, List<Line> lineItems) {}

  record Line(String sku, Kind kind, Optional<Value> more) {}

  enum Kind {
    GOODS,
    SHIPPING_COST
  }

  @Discriminator("kind")
  sealed interface Payment permits CardPayment, Transfer {}

  record CardPayment(String last4, BigDecimal amount) implements Payment {}

  record Transfer(String iban) implements Payment {}

  record Paid(Payment withdrawal) {}

  record Nested(Inner withdrawal) {}

  record Inner(List<Payment> payments) {}

  private static final String DETAILS =
      """
      {"id": "%s", "amount": 1.10, "at": "2026-01-02T03:04:05Z", "lineItems":
       [{"sku": "a", "kind": "shipping-cost"}, {"sku": "b", "kind": "goods", "more": {"x": 1}}]}
      """
          .formatted(ID);

  @Test
  void a_json_column_is_a_record_and_arrays_are_lists() {
    Withdrawal bound =
        bind(
                Booking.class,
                present(
                    "details", text(DETAILS), "tags", text("{a,\"b c\"}"), "fees", text("[1.50]")))
            .withdrawal();

    assertThat(bound.tags()).containsExactly("a", "b c");
    assertThat(bound.fees()).containsExactly(new BigDecimal("1.50"));
    assertThat(bound.details().id()).isEqualTo(UUID.fromString(ID));
    assertThat(bound.details().amount()).isEqualTo(new BigDecimal("1.10"));
    assertThat(bound.details().at()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(bound.details().memo()).isEmpty();
    assertThat(bound.details().lineItems())
        .extracting(Line::kind)
        .containsExactly(Kind.SHIPPING_COST, Kind.GOODS);
    assertThat(bound.details().lineItems().getLast().more().orElseThrow())
        .isInstanceOf(Value.Document.class);
  }

  @Test
  void a_row_of_several_kinds_is_the_record_that_its_discriminator_names() {
    RecordState.Present card =
        present("kind", text("card-payment"), "last4", text("1234"), "amount", number("5"));

    assertThat(bind(Paid.class, card).withdrawal())
        .isEqualTo(new CardPayment("1234", new BigDecimal("5")));
    assertThat(
            bind(Paid.class, present("kind", text("TRANSFER"), "iban", text("DE1"))).withdrawal())
        .isEqualTo(new Transfer("DE1"));
    assertThatThrownBy(() -> bind(Paid.class, present("kind", text("cash"))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll("'cash'", "CardPayment, Transfer");
    assertThatThrownBy(
            () -> bind(Paid.class, present("kind", new Value.Unknown("it was left out"))))
        .isInstanceOf(UnknownValue.class);
  }

  @Test
  void documents_of_several_kinds_are_told_apart_too() {
    String payments = "[{\"kind\": \"transfer\", \"iban\": \"DE1\"}]";

    assertThat(bind(Nested.class, present("payments", text(payments))).withdrawal().payments())
        .containsExactly(new Transfer("DE1"));
  }

  @Test
  void what_a_document_lacks_or_holds_otherwise_names_the_field_and_the_value() {
    assertThatThrownBy(() -> details("{\"id\": \"%s\"}".formatted(ID)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll(
            "withdrawal.details of withdrawal/42", "'amount' is null or missing");
    assertThatThrownBy(() -> details("{\"id\": \"x\"}"))
        .hasMessageContainingAll("'id' in it is 'x', which is no UUID");
    assertThatThrownBy(() -> details("[1]")).hasMessageContaining("it is no JSON object");
    assertThatThrownBy(() -> details("{")).hasMessageContaining("it is no JSON that can be read");
    assertThatThrownBy(() -> tags("{\"a\": 1}")).hasMessageContaining("neither an array");
    assertThatThrownBy(() -> tags("{a,NULL}")).hasMessageContaining("element 2 is null");
  }

  record Wrong(WrongWithdrawal withdrawal) {}

  record WrongWithdrawal(WrongDetails details, List<Double> fees, Undiscriminated payment) {}

  record WrongDetails(float amount, WrongDetails inner) {}

  sealed interface Undiscriminated permits Only {}

  record Only(String text) implements Undiscriminated {}

  @Test
  void what_does_not_fit_within_a_document_is_found_at_the_start() {
    assertThat(ViewBindings.mismatches(Wrong.class, DEFINITION, DEFINITIONS).toString())
        .contains("Wrong.withdrawal.details.amount: expected", "found float")
        .contains("Wrong.withdrawal.fees: expected", "found Double")
        .contains("a type that does not hold itself")
        .contains("Wrong.withdrawal.payment: expected @Discriminator on Undiscriminated");
  }

  private static void details(String json) {
    bind(Booking.class, present("details", text(json), "tags", text("{}"), "fees", text("{}")));
  }

  private static void tags(String array) {
    bind(Booking.class, present("details", text(DETAILS), "tags", text(array), "fees", text("{}")));
  }

  private static <V> V bind(Class<V> type, RecordState.Present root) {
    View view = new HandMadeView().root(root).view();
    return ViewBindings.bindingFor(type, DEFINITION, DEFINITIONS).bind(view);
  }
}
