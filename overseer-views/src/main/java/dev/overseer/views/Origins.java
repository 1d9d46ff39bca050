package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.views.Folding.PlacedChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds which update sent each value of a record's state. It asks no format how it carries values:
 * a change sent what it tells when it is read alone. For one read; belongs to one thread.
 */
final class Origins {
  private final Folding folding;
  private final AsOf asOf;
  private final Map<String, IndexedUpdate> origins = new HashMap<>();

  Origins(Folding folding, AsOf asOf) {
    this.folding = folding;
    this.asOf = asOf;
  }

  Map<String, IndexedUpdate> of(RecordKey record) {
    List<IndexedUpdate> updates = folding.updates(record, asOf);
    if (folding.state(record, asOf, updates) instanceof RecordState.Present present) {
      search(record, updates, known(present));
    }
    return Map.copyOf(origins);
  }

  private static Set<String> known(RecordState.Present state) {
    Set<String> known = new TreeSet<>();
    state
        .values()
        .forEach(
            (column, value) -> {
              if (!(value instanceof Value.Unknown)) {
                known.add(column);
              }
            });
    return known;
  }

  /** A state that is present says that the search ends before it comes to a removal. */
  private void search(RecordKey record, List<IndexedUpdate> updates, Set<String> sought) {
    for (int i = updates.size() - 1; i >= 0 && !sought.isEmpty(); i--) {
      IndexedUpdate update = updates.get(i);
      if (update.operation() == Operation.ANNOTATION) {
        continue;
      }
      Optional<PlacedChange> placed = folding.find(update);
      if (placed.isEmpty() || Folding.removes(update)) {
        return;
      }
      find(placed.get(), sought);
      if (update.role() == Role.NEW_KEY && !sought.isEmpty()) {
        folding
            .previousKey(record, placed.get())
            .ifPresent(key -> search(key, folding.updatesBefore(update, key, asOf), sought));
        return;
      }
    }
  }

  private void find(PlacedChange placed, Set<String> sought) {
    if (folding.alone(placed) instanceof RecordState.Present(Map<String, Value> sent)) {
      for (String column : List.copyOf(sought)) {
        Value value = sent.get(column);
        if (value != null && !(value instanceof Value.Unknown)) {
          origins.put(column, placed.update());
          sought.remove(column);
        }
      }
    }
  }
}
