package dev.overseer.views.binding;

import dev.overseer.model.RecordState;
import dev.overseer.model.SchemaReader;
import dev.overseer.model.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The column that a field is named after: of the same name, else of that name in snake case, else
 * of a name that differs only in case, hyphens and underscores.
 */
final class ColumnName {
  private final String exact;
  private final String snake;

  ColumnName(String field) {
    this.exact = field;
    this.snake = FieldNames.snake(field);
  }

  Value in(RecordState.Present state) {
    Map<String, Value> values = state.values();
    Value value = values.get(exact);
    if (value == null) {
      value = values.get(snake);
    }
    return value == null ? likeIn(state) : value;
  }

  boolean isIn(RecordState.Present state) {
    return find(state.values().keySet()).isPresent();
  }

  private Value likeIn(RecordState.Present state) {
    return find(state.values().keySet())
        .map(state::value)
        .orElseGet(
            () ->
                new Value.Unknown(
                    "its table had no such column then, but "
                        + String.join(", ", state.values().keySet())));
  }

  /** Of a document's fields. */
  Optional<Value> findIn(Map<String, Value> fields) {
    return find(fields.keySet()).flatMap(name -> Optional.ofNullable(fields.get(name)));
  }

  Optional<SchemaReader.Column> findColumn(List<SchemaReader.Column> columns) {
    return find(columns.stream().map(SchemaReader.Column::name).toList())
        .flatMap(name -> columns.stream().filter(c -> c.name().equals(name)).findFirst());
  }

  private Optional<String> find(Collection<String> names) {
    if (names.contains(exact)) {
      return Optional.of(exact);
    }
    if (names.contains(snake)) {
      return Optional.of(snake);
    }
    return names.stream().filter(name -> FieldNames.same(name, exact)).findFirst();
  }
}
