package dev.overseer.views;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Where a record's reference points, by its state. */
sealed interface Target {

  record Named(RecordKey key) implements Target {}

  /** It points nowhere: the record is not there, or a column of the reference is null. */
  record Nowhere() implements Target {}

  /** It cannot be told. */
  record Untold(String why) implements Target {}

  Target NOWHERE = new Nowhere();

  /** The reference {@code by} of a record of {@code model} that is in {@code state}. */
  static Target of(ModelDefinition model, ReferenceName by, RecordState state) {
    return switch (state) {
      case RecordState.NeverSeen _, RecordState.Deleted _ -> NOWHERE;
      case RecordState.Unreadable(String reason) -> new Untold(reason);
      case RecordState.Present present -> of(model, by, present);
    };
  }

  private static Target of(ModelDefinition model, ReferenceName by, RecordState.Present state) {
    ReferenceDefinition reference = model.references().get(by);
    if (reference == null) {
      throw new InvalidRequest(
          "Model '%s' has no reference '%s'; it has %s"
              .formatted(model.name(), by, model.references().keySet()));
    }
    List<String> key = new ArrayList<>(reference.columns().size());
    for (String column : reference.columns()) {
      switch (state.value(column)) {
        case Value.Null _ -> {
          return NOWHERE;
        }
        case Value.Unknown(String reason) -> {
          return new Untold("column '" + column + "' is unknown: " + reason);
        }
        case Value.Bool _,
            Value.Number _,
            Value.Text _,
            Value.Time _,
            Value.Bytes _,
            Value.Items _,
            Value.Document _ ->
            key.add(state.sourceText(column).orElse(""));
      }
    }
    return new Named(new RecordKey(reference.target(), key));
  }
}
