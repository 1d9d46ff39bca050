package dev.overseer.views;

import dev.overseer.model.RecordState;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.TotalDefinition.Windows;
import dev.overseer.model.Value;
import dev.overseer.store.index.Bucket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a record adds to a total, by its state. */
sealed interface Contribution {

  /** Nothing: it is not there, or counts for nothing. */
  record Nothing() implements Contribution {}

  /** One, and its amount. */
  record Amount(Bucket bucket, String part, BigDecimal amount) implements Contribution {}

  /** It cannot be told what. The bucket says as much as can be told of where. */
  record Untold(Bucket bucket, String why) implements Contribution {}

  Contribution NOTHING = new Nothing();

  /** What a text is called where the source sent null. */
  String NO_PART = "";

  static Contribution of(TotalDefinition total, RecordState state) {
    return switch (state) {
      case RecordState.NeverSeen _, RecordState.Deleted _ -> NOTHING;
      case RecordState.Unreadable(String reason) -> new Untold(Bucket.untold(total), reason);
      case RecordState.Present present ->
          switch (counts(total, present)) {
            case Told.Nothing<Boolean>() -> NOTHING;
            case Told.Known<Boolean> _ -> of(total, present);
            case Told.Untold<Boolean>(String why) -> untold(total, present, why);
          };
    };
  }

  private static Contribution of(TotalDefinition total, RecordState.Present state) {
    Told<Bucket> bucket = bucket(total, state);
    Told<String> part = part(total, state);
    Told<BigDecimal> amount = amount(total, state);
    return switch (bucket) {
      case Told.Nothing<Bucket>() -> NOTHING;
      case Told.Untold<Bucket>(String why) -> untold(total, state, why);
      case Told.Known<Bucket>(Bucket in) ->
          switch (part.with(amount)) {
            case Told.Nothing<BigDecimal>() -> NOTHING;
            case Told.Untold<BigDecimal>(String why) -> new Untold(in, why);
            case Told.Known<BigDecimal>(BigDecimal exact) ->
                new Amount(in, ((Told.Known<String>) part).value(), exact);
          };
    };
  }

  /** As narrow as can be told. */
  private static Contribution untold(TotalDefinition total, RecordState.Present state, String why) {
    Told<List<String>> key = key(state, total.columns());
    Told<Bucket.When> when = when(total, state);
    if (key instanceof Told.Nothing || when instanceof Told.Nothing) {
      return NOTHING;
    }
    return key instanceof Told.Known<List<String>>(List<String> values)
        ? new Untold(new Bucket(total, new Bucket.Key.Of(values), orUntold(when)), why)
        : new Untold(Bucket.untold(total), why);
  }

  private static Bucket.When orUntold(Told<Bucket.When> when) {
    return when instanceof Told.Known<Bucket.When>(Bucket.When known) ? known : Bucket.UNTOLD_TIME;
  }

  private static Told<Bucket> bucket(TotalDefinition total, RecordState.Present state) {
    Told<List<String>> key = key(state, total.columns());
    Told<Bucket.When> when = when(total, state);
    return switch (key.with(when)) {
      case Told.Nothing<Bucket.When>() -> new Told.Nothing<>();
      case Told.Untold<Bucket.When>(String why) -> new Told.Untold<>(why);
      case Told.Known<Bucket.When>(Bucket.When known) ->
          new Told.Known<>(
              new Bucket(
                  total, new Bucket.Key.Of(((Told.Known<List<String>>) key).value()), known));
    };
  }

  /** The values of some columns, as record keys are written; nothing where one of them is null. */
  static Told<List<String>> key(RecordState.Present state, List<String> columns) {
    List<String> values = new ArrayList<>();
    Told<List<String>> told = new Told.Known<>(values);
    for (String column : columns) {
      Told<String> text = ColumnTexts.read(state, column);
      if (text instanceof Told.Known<String>(String value)) {
        values.add(value);
      }
      told = text.with(told);
    }
    return told;
  }

  private static Told<Bucket.When> when(TotalDefinition total, RecordState.Present state) {
    return total
        .windows()
        .map(windows -> when(windows, windows.column(), state))
        .orElse(new Told.Known<>(Bucket.ALWAYS));
  }

  /** The window that contains the time in a column. */
  static Told<Bucket.When> when(Windows windows, String column, RecordState.Present state) {
    return switch (ColumnTimes.read(state.value(column), column, windows.zone())) {
      case Told.Nothing<Instant>() -> new Told.Nothing<>();
      case Told.Untold<Instant>(String why) -> new Told.Untold<>(why);
      case Told.Known<Instant>(Instant time) ->
          new Told.Known<>(
              new Bucket.When.From(windows.of().containing(time, windows.zone()).from()));
    };
  }

  private static Told<String> part(TotalDefinition total, RecordState.Present state) {
    return total
        .per()
        .map(column -> ColumnTexts.read(state, column).orIfNothing(NO_PART))
        .orElse(new Told.Known<>(NO_PART));
  }

  /** A null adds nothing, and its record counts: as in SQL. */
  private static Told<BigDecimal> amount(TotalDefinition total, RecordState.Present state) {
    Optional<String> column = total.sum();
    return column.isEmpty()
        ? new Told.Known<>(BigDecimal.ZERO)
        : amount(state.value(column.get()), column.get()).orIfNothing(BigDecimal.ZERO);
  }

  private static Told<BigDecimal> amount(Value value, String column) {
    return switch (value) {
      case Value.Null _ -> new Told.Nothing<>();
      case Value.Unknown(String reason) ->
          new Told.Untold<>("column '" + column + "' is unknown: " + reason);
      case Value.Number(BigDecimal number) -> new Told.Known<>(number);
      case Value.Text(String text) -> number(text, column);
      case Value.Bool _, Value.Time _, Value.Bytes _, Value.Items _, Value.Document _ ->
          new Told.Untold<>("column '" + column + "' holds no number");
    };
  }

  private static Told<BigDecimal> number(String text, String column) {
    try {
      return new Told.Known<>(new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      return new Told.Untold<>("column '" + column + "' holds no number");
    }
  }

  private static Told<Boolean> counts(TotalDefinition total, RecordState.Present state) {
    Told<Boolean> told = new Told.Known<>(true);
    for (Map.Entry<String, List<String>> condition : total.where().entrySet()) {
      Told<String> text = ColumnTexts.read(state, condition.getKey());
      if (text instanceof Told.Nothing<String>
          || (text instanceof Told.Known<String>(String value)
              && !condition.getValue().contains(value))) {
        return new Told.Nothing<>();
      }
      told = text.with(told);
    }
    return told;
  }
}
