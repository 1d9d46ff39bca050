package dev.overseer.formats.references;

import dev.overseer.formats.references.Reached.Found;
import dev.overseer.formats.references.Reached.Untold;
import dev.overseer.model.ColumnPath;
import dev.overseer.model.ColumnPath.Step;
import dev.overseer.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path goes into: a column's JSON, or its array, of whose elements each may be JSON again.
 * The two are told apart by how they are written: a JSON array begins with a bracket, a Postgres
 * array with a brace.
 */
final class ColumnContent {
  private ColumnContent() {}

  static Reached read(ColumnPath path, String text) {
    boolean isArray = path.steps().getFirst() instanceof Step.Elements && ArrayLiteral.isOne(text);
    return isArray ? array(path, text) : json(path, text);
  }

  private static Reached array(ColumnPath path, String text) {
    Optional<List<Value>> elements = ArrayLiteral.read(text);
    if (elements.isEmpty()) {
      return new Untold("the array in column '%s' cannot be read".formatted(path.column()));
    }
    if (path.steps().size() == 1) {
      return new Found(new Value.Items(elements.get()));
    }
    List<Value> documents = new ArrayList<>(elements.get().size());
    for (Value element : elements.get()) {
      Reached document =
          element instanceof Value.Text(String json) ? json(path, json) : Reached.ABSENT;
      switch (document) {
        case Found(Value value) -> documents.add(value);
        case Reached.Absent() -> {}
        case Untold untold -> {
          return untold;
        }
      }
    }
    return new Found(new Value.Items(documents));
  }

  private static Reached json(ColumnPath path, String text) {
    return JsonText.read(text)
        .<Reached>map(Found::new)
        .orElseGet(() -> new Untold("column '%s' holds no JSON".formatted(path.column())));
  }
}
