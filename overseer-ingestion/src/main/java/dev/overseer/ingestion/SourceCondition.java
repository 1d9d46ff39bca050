package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.TableName;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a look at a source's own catalogue found: whether our tables still come to us.
 *
 * @param since everything before it was stored when the look began
 * @param retainedBytes of its log the source keeps for us; empty when it keeps none
 * @param tables each one that is wanted
 */
public record SourceCondition(
    EffectiveTime since, OptionalLong retainedBytes, Map<TableName, TableCondition> tables) {
  public SourceCondition {
    tables = Map.copyOf(tables);
  }

  /** How a table stands. */
  public sealed interface TableCondition {

    /**
     * Its changes come.
     *
     * @param identity which table it is, whatever it is called: {@link RowFormat#identity} tells
     *     the same of its schema
     * @param filter what restricts its rows; empty when nothing does
     */
    record Watched(String identity, String filter) implements TableCondition {}

    /**
     * They do not.
     *
     * @param why and what to do about it
     */
    record Unwatched(String why) implements TableCondition {}
  }
}
