package dev.overseer.server.commands;

import dev.overseer.server.reading.RecordAnswer;
import dev.overseer.server.reading.RecordReading.ColumnReading;
import dev.overseer.server.reading.Standing;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what a record differs between two readings. A column that is not in {@code before} was not
 * there then, one that is not in {@code after} is not there any more.
 *
 * @param fromState the record's state at the first, {@code toState} at the second
 */
record RecordDifference(
    String record,
    String fromState,
    String toState,
    Map<String, @Nullable Object> before,
    Map<String, @Nullable Object> after,
    Standing from,
    Standing to) {

  static RecordDifference between(RecordAnswer from, RecordAnswer to) {
    Map<String, ColumnReading> old = from.record().columns();
    Map<String, ColumnReading> now = to.record().columns();
    return new RecordDifference(
        to.record().record(),
        from.record().state(),
        to.record().state(),
        changed(old, now),
        changed(now, old),
        from.standing(),
        to.standing());
  }

  private static Map<String, @Nullable Object> changed(
      Map<String, ColumnReading> values, Map<String, ColumnReading> others) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    values.forEach(
        (name, column) -> {
          ColumnReading other = others.get(name);
          if (other == null || !Objects.equals(column.value(), other.value())) {
            changed.put(name, column.value());
          }
        });
    return changed;
  }

  String toText() {
    Set<String> columns = new LinkedHashSet<>(before.keySet());
    columns.addAll(after.keySet());
    Table table = new Table("COLUMN", "BEFORE", "AFTER");
    columns.forEach(column -> table.row(column, shown(before, column), shown(after, column)));
    String head = "%s was %s and is %s%n".formatted(record, fromState, toState);
    return head
        + (columns.isEmpty() ? "No value differs.\n" : table)
        + "\nThe first: "
        + ReadingText.of(from)
        + "The second: "
        + ReadingText.of(to);
  }

  private static String shown(Map<String, @Nullable Object> values, String column) {
    return values.containsKey(column) ? ReadingText.value(values.get(column)) : "-";
  }
}
