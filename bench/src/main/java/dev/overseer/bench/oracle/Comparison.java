package dev.overseer.bench.oracle;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.oracle.Snapshot.Rows;
import dev.overseer.bench.oracle.WorkTable.Trait;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds what Overseer says of records against the rows that the server showed. */
final class Comparison {
  private static final int GONE_ASKED_ONE_IN = 50;

  private final Problems problems;
  private long values;

  Comparison(Problems problems) {
    this.problems = problems;
  }

  /** How many values were held against each other. */
  long values() {
    return values;
  }

  /**
   * @param who says so, for people
   * @param keys of all records that were ever seen
   */
  void compare(
      String who, Snapshot expected, Set<RecordKey> keys, Function<RecordKey, RecordState> states) {
    Map<ModelName, Map.Entry<WorkTable, Rows>> tables = new HashMap<>();
    for (Map.Entry<WorkTable, Rows> table : expected.tables().entrySet()) {
      tables.put(table.getKey().model(), table);
      Rows rows = table.getValue();
      rows.byKey().forEach((key, row) -> row(who, expected, key, rows, row, states));
    }
    for (RecordKey key : keys) {
      Map.Entry<WorkTable, Rows> table = tables.get(key.model());
      if (table != null
          && isAsked(table.getKey(), key)
          && !table.getValue().byKey().containsKey(key)) {
        absent(who, expected, key, states.apply(key));
      }
    }
  }

  private static boolean isAsked(WorkTable table, RecordKey key) {
    return !table.is(Trait.FLOODED) || key.hashCode() % GONE_ASKED_ONE_IN == 0;
  }

  private void row(
      String who,
      Snapshot expected,
      RecordKey key,
      Rows rows,
      @Nullable String[] row,
      Function<RecordKey, RecordState> states) {
    if (states.apply(key) instanceof RecordState.Present present) {
      for (int i = 0; i < row.length; i++) {
        Optional<String> name = rows.naming().name(rows.columns().get(i), row);
        if (name.isPresent()) {
          value(who, expected, key, name.get(), row[i], present);
        } else {
          untold(who, expected, key, rows.columns().get(i), present);
        }
      }
    } else {
      problems.add("%s: %s says %s of %s, which is there", expected, who, states.apply(key), key);
    }
  }

  private void value(
      String who,
      Snapshot expected,
      RecordKey key,
      String column,
      @Nullable String text,
      RecordState.Present present) {
    values++;
    Value value = present.value(column);
    boolean isEqual =
        text == null
            ? value instanceof Value.Null
            : isExact(value, text) && present.sourceText(column).equals(Optional.of(text));
    if (!isEqual) {
      problems.add(
          "%s: %s says %s (%s) of %s, column %s, which is %s",
          expected,
          who,
          shortened(value),
          present.sourceText(column).map(Comparison::shortened),
          key,
          column,
          shortened(String.valueOf(text)));
    }
  }

  /** A column that the row did not have when it was last written. */
  private void untold(
      String who, Snapshot expected, RecordKey key, String column, RecordState.Present present) {
    values++;
    if (!(present.value(column) instanceof Value.Unknown)) {
      problems.add(
          "%s: %s says %s of %s, column %s, of which it was told nothing",
          expected, who, present.value(column), key, column);
    }
  }

  private static boolean isExact(Value value, String text) {
    return switch (value) {
      case Value.Text(String given) -> given.equals(text);
      case Value.Number(BigDecimal number) -> number.equals(new BigDecimal(text));
      case Value.Bool(boolean truth) -> (truth ? "t" : "f").equals(text);
      case Value.Bytes(byte[] bytes) -> ("\\x" + HexFormat.of().formatHex(bytes)).equals(text);
      case Value.Time(Instant time) -> ServerTime.text(time).equals(text);
      case Value.Null _, Value.Unknown _, Value.Items _, Value.Document _ -> false;
    };
  }

  private void absent(String who, Snapshot expected, RecordKey key, RecordState state) {
    values++;
    switch (state) {
      case RecordState.NeverSeen _, RecordState.Deleted _ -> {}
      case RecordState.Present _, RecordState.Unreadable _ ->
          problems.add("%s: %s says %s of %s, which is not there", expected, who, state, key);
    }
  }

  private static String shortened(Object value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
