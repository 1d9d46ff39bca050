package dev.overseer.views;

import dev.overseer.model.RecordState;
import dev.overseer.model.Value;

/** The values of columns in the source's own text, as record keys are written. */
final class ColumnTexts {
  private ColumnTexts() {}

  static Told<String> read(RecordState.Present state, String column) {
    return switch (state.value(column)) {
      case Value.Null _ -> new Told.Nothing<>();
      case Value.Unknown(String reason) ->
          new Told.Untold<>("column '" + column + "' is unknown: " + reason);
      case Value.Bool _,
          Value.Number _,
          Value.Text _,
          Value.Time _,
          Value.Bytes _,
          Value.Items _,
          Value.Document _ ->
          new Told.Known<>(state.sourceText(column).orElse(""));
    };
  }
}
