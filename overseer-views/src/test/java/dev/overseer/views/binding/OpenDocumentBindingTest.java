package dev.overseer.views.binding;

import static dev.overseer.views.binding.HandMadeView.DEFINITION;
import static dev.overseer.views.binding.HandMadeView.DEFINITIONS;
import static dev.overseer.views.binding.HandMadeView.present;
import static dev.overseer.views.binding.HandMadeView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents whose fields nobody declares, and lengths of time. */
class OpenDocumentBindingTest {

  record Limits(Withdrawal withdrawal) {}

  record Withdrawal(
      Map<String, BigDecimal> limits, Map<String, List<Step>> steps, Optional<Duration> took) {}

  record Step(String name) {}

  record Waiting(Wait withdrawal) {}

  record Wait(Duration took) {}

  record Misfit(Wrong withdrawal) {}

  record Wrong(Map<String, Double> limits, Map<Integer, String> names) {}

  @Test
  void a_document_is_a_map_by_the_names_of_its_fields_in_their_order() {
    Withdrawal bound =
        bind(
                Limits.class,
                present(
                    "limits", text("{\"usd\": 1.10, \"eur\": 2}"),
                    "steps", text("{\"a b\": [{\"name\": \"x\"}], \"c\": []}"),
                    "took", Value.NULL))
            .withdrawal();

    assertThat(bound.limits())
        .containsExactly(entry("usd", new BigDecimal("1.10")), entry("eur", new BigDecimal("2")));
    assertThat(bound.steps())
        .containsExactly(entry("a b", List.of(new Step("x"))), entry("c", List.of()));
    assertThat(bound.took()).isEmpty();
  }

  @Test
  void an_entry_that_does_not_fit_is_named() {
    assertThatThrownBy(() -> limits("{\"usd\": \"many\"}"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll("'usd' in it is 'many', which is no BigDecimal");
    assertThatThrownBy(() -> limits("{\"usd\": null}")).hasMessageContaining("'usd' in it is null");
    assertThatThrownBy(() -> limits("[1]")).hasMessageContaining("it is no JSON object");
  }

  @Test
  void maps_of_other_keys_or_of_what_cannot_be_bound_are_refused_at_start_up() {
    assertThat(ViewBindings.mismatches(Misfit.class, DEFINITION, DEFINITIONS))
        .extracting(Mismatch::field)
        .containsExactly("Misfit.withdrawal.limits.value", "Misfit.withdrawal.names");
    assertThat(ViewBindings.mismatches(Misfit.class, DEFINITION, DEFINITIONS))
        .extracting(Mismatch::toString)
        .satisfiesExactly(
            amounts -> assertThat(amounts).contains("use BigDecimal"),
            names ->
                assertThat(names)
                    .contains("Map<String, X>", "found java.util.Map<java.lang.Integer"));
  }

  @ParameterizedTest
  @CsvSource({
    "00:00:00, PT0S",
    "02:03:04.5, PT2H3M4.5S",
    "-02:03:04.5, PT-2H-3M-4.5S",
    "1 day, PT24H",
    "-1 days +02:00:00, PT-22H",
    "10 days 00:00:00.000001, PT240H0.000001S",
    "PT1H30M, PT1H30M",
    "P1DT2H, PT26H",
    "3.5s, PT3.5S",
    "-0.25s, PT-0.25S"
  })
  void a_length_of_time_is_read_as_sources_write_it(String written, Duration expected) {
    assertThat(bind(Waiting.class, present("took", text(written))).withdrawal().took())
        .isEqualTo(expected);
    com.google.protobuf.Duration message = open("took", written).getTook();
    assertThat(Duration.ofSeconds(message.getSeconds(), message.getNanos())).isEqualTo(expected);
    assertThat(Long.signum(message.getSeconds()) * message.getNanos()).isNotNegative();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 mon", "2 years 1 day", "", "soon", "P1M", "1 02:03:04"})
  void what_has_no_one_length_is_refused(String written) {
    assertThatThrownBy(() -> bind(Waiting.class, present("took", text(written))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("(Duration) cannot hold");
  }

  @Test
  void a_struct_holds_a_whole_document_with_its_numbers_exact_as_strings() {
    OpenDetailsProto bound =
        open(
            "details",
            "{\"amount\": 1.10, \"paid\": true, \"memo\": null, \"lines\": [{\"n\": 1}]}");

    assertThat(bound.getDetails().getFieldsOrThrow("amount").getStringValue()).isEqualTo("1.10");
    assertThat(bound.getDetails().getFieldsOrThrow("paid").getBoolValue()).isTrue();
    assertThat(bound.getDetails().getFieldsOrThrow("memo").hasNullValue()).isTrue();
    assertThat(
            bound
                .getDetails()
                .getFieldsOrThrow("lines")
                .getListValue()
                .getValues(0)
                .getStructValue()
                .getFieldsOrThrow("n")
                .getStringValue())
        .isEqualTo("1");
    assertThat(open("lines", "[1, \"b\"]").getLines().getValues(1).getStringValue()).isEqualTo("b");
  }

  @Test
  void a_value_is_whatever_the_column_holds_and_not_set_for_null() {
    OpenDetailsProto bound =
        ViewBindings.bindingFor(OpenProto.class, DEFINITION, DEFINITIONS)
            .bind(
                new HandMadeView()
                    .root(whole("any_document", text("{\"a\": [1]}"), "any_text", text("{a")))
                    .view())
            .getWithdrawal();

    assertThat(bound.getAnyDocument().getStructValue().getFieldsOrThrow("a").hasListValue())
        .isTrue();
    assertThat(bound.getAnyText().getStringValue()).isEqualTo("{a");
    assertThat(open("any_text", "5").getAnyText().getStringValue()).isEqualTo("5");
    assertThat(open("any_text", "5").hasAnyDocument()).isFalse();
  }

  @Test
  void a_map_field_has_an_entry_for_each_of_a_document_s_fields() {
    assertThat(open("by_name", "{\"x\": {\"sku\": \"a\", \"count\": 2}}").getByNameOrThrow("x"))
        .satisfies(line -> assertThat(line.getSku()).isEqualTo("a"))
        .satisfies(line -> assertThat(line.getCount().getValue()).isEqualTo(2));
    assertThat(open("by_number", "{\"7\": \"seven\"}").getByNumberMap())
        .containsExactly(entry(7, "seven"));
    assertThatThrownBy(() -> open("by_number", "{\"x\": \"seven\"}"))
        .isInstanceOf(InvalidRequest.class);
  }

  private static Object limits(String document) {
    return bind(
        Limits.class,
        present("limits", text(document), "steps", text("{}"), "took", text("00:00:01")));
  }

  private static OpenDetailsProto open(String column, String text) {
    return ViewBindings.bindingFor(OpenProto.class, DEFINITION, DEFINITIONS)
        .bind(new HandMadeView().root(whole(column, text(text))).view())
        .getWithdrawal();
  }

  /** All columns, of which most are empty. */
  private static RecordState whole(Object... columns) {
    Map<String, Value> values =
        new HashMap<>(
            Map.of(
                "details", Value.NULL,
                "lines", Value.NULL,
                "any_document", Value.NULL,
                "any_text", Value.NULL,
                "by_name", text("{}"),
                "by_number", text("{}"),
                "took", Value.NULL));
    values.putAll(present(columns).values());
    return new RecordState.Present(values);
  }

  private static <V> V bind(Class<V> type, RecordState withdrawal) {
    return ViewBindings.bindingFor(type, DEFINITION, DEFINITIONS)
        .bind(new HandMadeView().root(withdrawal).view());
  }
}
