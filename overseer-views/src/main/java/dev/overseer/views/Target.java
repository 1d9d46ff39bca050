package dev.overseer.views;

import dev.overseer.formats.references.ColumnText;
import dev.overseer.formats.references.Pointing;
import dev.overseer.formats.references.ReferenceReader;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.Value;
import java.util.Set;

/** Where a record's reference points, by its state. */
sealed interface Target {

  /** At these, at least one. */
  record Named(Set<RecordKey> keys) implements Target {}

  /** It points nowhere: the record is not there, or a part of the reference is null or missing. */
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
    Pointing pointing = ReferenceReader.read(reference, column -> text(state, column));
    if (!pointing.untold().isEmpty()) {
      return new Untold(String.join("; ", pointing.untold()));
    }
    return pointing.targets().isEmpty() ? NOWHERE : new Named(pointing.targets());
  }

  private static ColumnText text(RecordState.Present state, String column) {
    return switch (state.value(column)) {
      case Value.Null _ -> ColumnText.NULL;
      case Value.Unknown(String reason) ->
          new ColumnText.Untold("column '" + column + "' is unknown: " + reason);
      case Value.Bool _,
          Value.Number _,
          Value.Text _,
          Value.Time _,
          Value.Bytes _,
          Value.Items _,
          Value.Document _ ->
          new ColumnText.Sent(state.sourceText(column).orElse(""));
    };
  }
}
