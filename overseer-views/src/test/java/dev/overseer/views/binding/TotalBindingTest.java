package dev.overseer.views.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.overseer.checks.Total;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.TimeWindow;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.TotalDefinition.Seen;
import dev.overseer.model.TotalDefinition.Windows;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import dev.overseer.model.WindowUnit;
import dev.overseer.views.TotalReading;
import dev.overseer.views.TotalReading.State;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TotalBindingTest {
  private static final ModelName ACCOUNT = new ModelName("account");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final Windows DAYS =
      new Windows("booked_at", WindowUnit.DAY, ZoneOffset.UTC, new Seen.Latest(2));
  private static final ViewDefinition VIEW =
      new ViewDefinition(
          new ViewName("spending"),
          ACCOUNT,
          true,
          List.of(),
          List.of(
              new ViewDefinition.Total("spent", total(Optional.of(DAYS))),
              new ViewDefinition.Total("fees", total(Optional.empty()))));
  private static final Definitions DEFINITIONS =
      new Definitions(List.of(model(ACCOUNT), model(ENTRY)), List.of(VIEW));

  private static final TimeWindow DAY =
      new TimeWindow(Instant.ofEpochSecond(0), Instant.ofEpochSecond(86_400));
  private static final Total OF_DAY =
      new Total(
          Optional.of(DAY), new TreeMap<>(Map.of("EUR", new Total.Part(new BigDecimal("1.1"), 2))));
  private static final Total OF_ALL =
      new Total(Optional.empty(), new TreeMap<>(Map.of("", new Total.Part(BigDecimal.ZERO, 7))));

  record Spending(List<Total> spent, Total fees) {}

  record Amounts(List<Day> spent) {}

  record Day(Instant from, List<Amount> parts) {}

  record Amount(String name, BigDecimal sum, long count) {}

  record OnlyOne(Total spent) {}

  record Several(List<Total> fees) {}

  record Inexact(Sum fees) {}

  record Sum(List<Loose> parts) {}

  record Loose(double sum) {}

  @Test
  void a_total_is_a_field_and_one_of_several_windows_a_list() {
    assertThat(bind(Spending.class, known()))
        .isEqualTo(new Spending(List.of(OF_DAY, OF_DAY), OF_ALL));
  }

  @Test
  void a_record_of_the_authors_own_takes_what_it_names_of_a_total() {
    Day day = new Day(DAY.from(), List.of(new Amount("EUR", new BigDecimal("1.1"), 2)));

    assertThat(bind(Amounts.class, known())).isEqualTo(new Amounts(List.of(day, day)));
  }

  @Test
  void a_message_has_totals_as_messages() {
    TotalProto day =
        TotalProto.newBuilder()
            .setFrom(Timestamp.getDefaultInstance())
            .setUntil(Timestamp.newBuilder().setSeconds(86_400))
            .addParts(PartProto.newBuilder().setName("EUR").setSum("1.1").setCount(2))
            .build();

    assertThat(bind(SpendingProto.class, known()))
        .isEqualTo(
            SpendingProto.newBuilder()
                .addSpent(day)
                .addSpent(day)
                .setFees(
                    TotalProto.newBuilder()
                        .addParts(PartProto.newBuilder().setName("").setSum("0").setCount(7)))
                .build());
  }

  @Test
  void a_total_that_cannot_be_told_is_no_value() {
    assertThatThrownBy(() -> bind(Spending.class, new State.Untold("entry/9 does not say")))
        .isInstanceOf(UnknownValue.class)
        .hasMessage("entry/9 does not say");
  }

  @Test
  void types_that_do_not_fit_are_refused() {
    assertThatThrownBy(() -> bind(OnlyOne.class, known()))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("OnlyOne.spent")
        .hasMessageContaining("a List");
    assertThatThrownBy(() -> bind(Several.class, known()))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("one Total");
    assertThatThrownBy(() -> bind(Inexact.class, known()))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("0.1 + 0.2 is not 0.3");
  }

  @Test
  void a_sum_of_unlike_parts_is_refused() {
    assertThat(OF_ALL.sum()).isZero();
    assertThatThrownBy(OF_DAY::sum).hasMessageContaining("[EUR]");
  }

  private static State known() {
    return new State.Known(OF_DAY);
  }

  private static <V> V bind(Class<V> type, State spent) {
    TotalReading ofDay = new TotalReading(Optional.of(DAY), spent, _ -> List.of());
    TotalReading ofAll =
        new TotalReading(Optional.empty(), new State.Known(OF_ALL), _ -> List.of());
    View view =
        new View(
            VIEW,
            AsOf.latest(),
            new View.Member(RecordKey.of(ACCOUNT, "a"), RecordState.NEVER_SEEN, List.of()),
            Map.of(),
            Map.of("spent", List.of(ofDay, ofDay), "fees", List.of(ofAll)));
    return ViewBindings.bindingFor(type, VIEW, DEFINITIONS).bind(view);
  }

  private static TotalDefinition total(Optional<Windows> windows) {
    return new TotalDefinition(
        ENTRY,
        List.of("account"),
        ACCOUNT,
        List.of("id"),
        Optional.of("amount"),
        Optional.of("currency"),
        Map.of(),
        windows);
  }

  private static ModelDefinition model(ModelName name) {
    return new ModelDefinition(
        name, new SourceName("s"), new TableName("public", name.value()), List.of("id"), Map.of());
  }
}
