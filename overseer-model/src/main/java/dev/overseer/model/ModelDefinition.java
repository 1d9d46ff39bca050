package dev.overseer.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A table of a source seen as records of one kind. One table has at most one model.
 *
 * @param key the columns whose values identify a record, in order
 * @param references for each reference, the model it points to and where the row holds the target's
 *     key, in the order of the target's key
 */
public record ModelDefinition(
    ModelName name,
    SourceName source,
    TableName table,
    List<String> key,
    Map<ReferenceName, ReferenceDefinition> references) {

  /** Of how many columns a key may be. */
  public static final int KEY_COLUMNS_MAX = 31;

  public ModelDefinition {
    key = List.copyOf(key);
    references = Map.copyOf(references);
  }

  /**
   * Where a model keeps a reference, and to what.
   *
   * @param columns where the values of the target's key are; of those that may lead to several, all
   *     go into the same array, one of whose elements holds one key
   */
  public record ReferenceDefinition(ModelName target, List<ColumnPath> columns) {
    public ReferenceDefinition {
      columns = List.copyOf(columns);
      if (columns.stream()
              .filter(ColumnPath::isSeveral)
              .map(ColumnPath::toElements)
              .distinct()
              .count()
          > 1) {
        throw new InvalidRequest("The parts of one key are not in one array: " + columns);
      }
    }

    /**
     * @param columns each as {@link ColumnPath} writes it
     */
    public static ReferenceDefinition of(ModelName target, String... columns) {
      return new ReferenceDefinition(target, Stream.of(columns).map(ColumnPath::parse).toList());
    }

    /** Whether one record may refer to several by it. */
    public boolean isSeveral() {
      return columns.stream().anyMatch(ColumnPath::isSeveral);
    }

    /** Whether all of it is in columns of its own, not within documents or arrays. */
    public boolean isPlain() {
      return columns.stream().allMatch(ColumnPath::isPlain);
    }
  }
}
