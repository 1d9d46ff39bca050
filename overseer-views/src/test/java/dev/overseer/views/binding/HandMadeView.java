package dev.overseer.views.binding;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.Value;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import dev.overseer.views.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A withdrawal with its ledger entries and its receipt, put together by hand. */
final class HandMadeView {
  static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  static final ModelName ENTRY = new ModelName("ledger-entry");
  static final ModelName RECEIPT = new ModelName("receipt");

  static final Definitions DEFINITIONS =
      new Definitions(
          List.of(model(WITHDRAWAL, "a"), model(ENTRY, "b"), model(RECEIPT, "c")), List.of());

  static final ViewDefinition DEFINITION = definition(false);

  private RecordState root = RecordState.NEVER_SEEN;
  private final Map<String, List<View.Member>> members = new LinkedHashMap<>();

  static ViewDefinition definition(boolean rootOptional) {
    return new ViewDefinition(
        new ViewName("withdrawal-booking"),
        WITHDRAWAL,
        rootOptional,
        List.of(join("ledger-entries", ENTRY, true), join("receipt", RECEIPT, false)));
  }

  private static Join join(String alias, ModelName model, boolean many) {
    return new Join(
        alias,
        model,
        WITHDRAWAL.value(),
        new ReferenceName("withdrawal"),
        Direction.MEMBER_TO_PARENT,
        many);
  }

  private static ModelDefinition model(ModelName name, String source) {
    return new ModelDefinition(
        name,
        new SourceName(source),
        new TableName("public", name.value()),
        List.of("id"),
        Map.of(
            new ReferenceName("withdrawal"), ReferenceDefinition.of(WITHDRAWAL, "withdrawal_id")));
  }

  HandMadeView root(RecordState state) {
    root = state;
    return this;
  }

  HandMadeView with(String alias, String key, RecordState state) {
    ModelName model = alias.equals("receipt") ? RECEIPT : ENTRY;
    members
        .computeIfAbsent(alias, _ -> new ArrayList<>())
        .add(new View.Member(RecordKey.of(model, key), state, List.of()));
    return this;
  }

  View view() {
    View.Member member = new View.Member(RecordKey.of(WITHDRAWAL, "42"), root, List.of());
    return new View(DEFINITION, AsOf.latest(), member, members);
  }

  /** Columns and values in turn. */
  static RecordState.Present present(Object... columns) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i += 2) {
      values.put((String) columns[i], (Value) columns[i + 1]);
    }
    return new RecordState.Present(values);
  }

  static Value text(String text) {
    return new Value.Text(text);
  }

  static Value number(String number) {
    return new Value.Number(new BigDecimal(number));
  }
}
