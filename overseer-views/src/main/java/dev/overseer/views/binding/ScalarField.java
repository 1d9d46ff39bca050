package dev.overseer.views.binding;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.SchemaReader;
import dev.overseer.model.Value;
import dev.overseer.views.UnknownValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that is bound to a column.
 *
 * @param path from the type that was named: {@code WithdrawalBooking.withdrawal.amount}
 * @param field its own name
 */
record ScalarField(
    String path, String field, ColumnName column, Scalar scalar, Absence absence, String remedy) {

  ScalarField(String path, String field, Scalar scalar, Absence absence, String remedy) {
    this(path, field, new ColumnName(field), scalar, absence, remedy);
  }

  @Nullable Object read(RecordKey record, RecordState.Present state) {
    Value value = column.in(state);
    if (scalar.takesAnything()) {
      return absence.present(value);
    }
    return switch (value) {
      case Value.Null _ -> absent(record);
      case Value.Unknown(String why) ->
          throw new UnknownValue(
              "%s.%s of %s is unknown: %s".formatted(record.model(), field, record, why));
      case Value.Bool _,
          Value.Number _,
          Value.Text _,
          Value.Time _,
          Value.Bytes _,
          Value.Items _,
          Value.Document _ ->
          absence.present(converted(record, value));
    };
  }

  private @Nullable Object absent(RecordKey record) {
    if (absence == Absence.REFUSED) {
      throw new InvalidRequest(
          "%s.%s of %s is null, and %s cannot be: %s"
              .formatted(record.model(), field, record, path, remedy));
    }
    return absence.absent();
  }

  private Object converted(RecordKey record, Value value) {
    try {
      return scalar.conversion().convert(value);
    } catch (RuntimeException unfit) {
      throw new InvalidRequest(
          "%s.%s of %s is %s, which %s (%s) cannot hold: %s"
              .formatted(
                  record.model(),
                  field,
                  record,
                  Conversions.shown(value),
                  path,
                  scalar.type(),
                  unfit.getMessage()),
          unfit);
    }
  }

  void check(ModelName model, List<SchemaReader.Column> columns, Mismatches mismatches) {
    column
        .findColumn(columns)
        .ifPresentOrElse(
            found -> checkForm(model, found, mismatches),
            () ->
                mismatches.addName(
                    path,
                    "a column of model '" + model + "'",
                    field,
                    columns.stream().map(SchemaReader.Column::name).toList()));
  }

  private void checkForm(ModelName model, SchemaReader.Column found, Mismatches mismatches) {
    if (!scalar.forms().contains(found.form())) {
      mismatches.add(
          path,
          scalar.type() + " to be made of column '%s' of model '%s'".formatted(found.name(), model),
          "a column of form " + found.form().getSimpleName());
    }
  }
}
