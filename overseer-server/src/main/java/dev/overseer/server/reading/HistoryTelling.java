package dev.overseer.server.reading;

import dev.overseer.model.AsOf;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.server.json.ValueJson;
import dev.overseer.server.reading.HistoryAnswer.Step;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.views.ViewReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what a record's updates changed. For one reading. */
final class HistoryTelling {
  private final ViewReader views;
  private final UpdateTelling telling;
  private final AsOf asOf;

  HistoryTelling(ViewReader views, UpdateTelling telling, AsOf asOf) {
    this.views = views;
    this.telling = telling;
    this.asOf = asOf;
  }

  /**
   * @param updates all of the record's up to the cut, in source order
   */
  List<Step> tell(RecordKey record, List<IndexedUpdate> updates, Range range) {
    int end = Math.max(0, updates.size() - range.offset());
    int begin = Math.max(0, end - range.limit());
    List<Step> steps = new ArrayList<>();
    RecordState before = stateAfter(record, updates.subList(0, begin));
    for (int i = begin; i < end; i++) {
      RecordState after = stateAfter(record, updates.subList(0, i + 1));
      steps.add(step(updates.get(i), before, after));
      before = after;
    }
    return steps.reversed();
  }

  private RecordState stateAfter(RecordKey record, List<IndexedUpdate> updates) {
    return views.stateAfter(record, asOf, updates);
  }

  private Step step(IndexedUpdate update, RecordState before, RecordState after) {
    Map<String, Value> old = values(before);
    Map<String, Value> now = values(after);
    return new Step(
        telling.tell(update),
        switch (after) {
          case RecordState.Present _ -> RecordReading.PRESENT;
          case RecordState.Deleted _ -> RecordReading.DELETED;
          case RecordState.NeverSeen _ -> RecordReading.NEVER_SEEN;
          case RecordState.Unreadable _ -> RecordReading.UNREADABLE;
        },
        after instanceof RecordState.Unreadable(String why) ? Optional.of(why) : Optional.empty(),
        changed(old, now),
        changed(now, old));
  }

  private static Map<String, Value> values(RecordState state) {
    return state instanceof RecordState.Present(Map<String, Value> values) ? values : Map.of();
  }

  /** The first one's values that the second one has not, or has otherwise. */
  private static Map<String, @Nullable Object> changed(
      Map<String, Value> values, Map<String, Value> others) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    values.forEach(
        (column, value) -> {
          if (!value.equals(others.get(column))) {
            changed.put(column, ValueJson.of(value));
          }
        });
    return changed;
  }
}
