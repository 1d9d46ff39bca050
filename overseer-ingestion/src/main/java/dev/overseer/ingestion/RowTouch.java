package dev.overseer.ingestion;

import java.util.List;
import java.util.Optional;

/** What a change of the stream did to the rows of its table, by the keys of those rows. */
public sealed interface RowTouch {

  /**
   * A row was inserted or updated.
   *
   * @param previous the key that it had before, if that was another
   * @param isWhole whether the change tells the row's values by itself, without the row before
   */
  record Written(List<String> key, Optional<List<String>> previous, boolean isWhole)
      implements RowTouch {}

  record Removed(List<String> key) implements RowTouch {}

  /** All rows were removed at once. */
  record Emptied() implements RowTouch {}

  /** It cannot be told which rows it concerns. */
  record Unreadable() implements RowTouch {}
}
