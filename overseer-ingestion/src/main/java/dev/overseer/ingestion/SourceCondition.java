package dev.overseer.ingestion;

import dev.overseer.model.Incarnation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a look at a source's own catalogue found: whether our tables still come to us.
 *
 * @param position the end of the source's log, read before the look: where a table is found well,
 *     whatever was committed before it has come, or will
 * @param retainedBytes of its log the source keeps for us; empty when it keeps none
 * @param tables each one that is wanted
 */
public record SourceCondition(
    Incarnation incarnation,
    SourcePosition position,
    OptionalLong retainedBytes,
    Map<TableName, TableCondition> tables) {
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
     * @param publication how it is published: which rows of it, and since when that has been so
     */
    record Watched(String identity, String publication) implements TableCondition {}

    /**
     * They do not.
     *
     * @param why and what to do about it
     */
    record Unwatched(String why) implements TableCondition {}
  }
}
