package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.ColumnPath;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ReferenceName;
import java.util.ArrayList;
import java.util.List;

/** Where a model's key and references are in a relation's rows. */
record ModelColumns(ModelDefinition model, int[] key, List<ReferenceColumns> references) {

  /** Where a reference begins: {@code columns} are those of its paths, in their order. */
  record ReferenceColumns(ReferenceName name, ReferenceDefinition definition, int[] columns) {}

  /**
   * A reference whose columns the relation lacks is left out: the table may not have had them yet.
   */
  static ModelColumns of(ModelDefinition model, Layout layout) throws Undecodable {
    int[] key = places(model.key(), layout);
    for (int i = 0; i < key.length; i++) {
      if (key[i] < 0) {
        throw new Undecodable(
            "%s has no column '%s', which model '%s' names as its key"
                .formatted(layout.relation().table(), model.key().get(i), model.name()));
      }
    }
    List<ReferenceColumns> references = new ArrayList<>();
    model
        .references()
        .forEach(
            (name, reference) -> {
              int[] columns =
                  places(reference.columns().stream().map(ColumnPath::column).toList(), layout);
              if (isWhole(columns)) {
                references.add(new ReferenceColumns(name, reference, columns));
              }
            });
    return new ModelColumns(model, key, List.copyOf(references));
  }

  private static int[] places(List<String> columns, Layout layout) {
    return columns.stream().mapToInt(layout::find).toArray();
  }

  private static boolean isWhole(int[] places) {
    for (int place : places) {
      if (place < 0) {
        return false;
      }
    }
    return true;
  }
}
