package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import org.jspecify.annotations.Nullable;

/**
 * Where a change tells a column's value: in the row that it is about, or, where that row leaves a
 * large value out because it did not change, in the old row.
 *
 * @param old whole, or (with {@code oldIsKey}) only the columns of the replica identity
 */
record RowSides(Layout layout, @Nullable Tuple row, @Nullable Tuple old, boolean oldIsKey) {

  static RowSides of(Layout layout, PgOutput.Old old, Tuple row) throws Undecodable {
    return sides(layout, old, layout.fitting(row));
  }

  static RowSides ofOld(Layout layout, PgOutput.Old old) throws Undecodable {
    return sides(layout, old, null);
  }

  private static RowSides sides(Layout layout, PgOutput.Old old, @Nullable Tuple row)
      throws Undecodable {
    return switch (old) {
      case PgOutput.Old.Untold() -> new RowSides(layout, row, null, false);
      case PgOutput.Old.Key(Tuple key) -> new RowSides(layout, row, layout.fitting(key), true);
      case PgOutput.Old.Row(Tuple whole) -> new RowSides(layout, row, layout.fitting(whole), false);
    };
  }

  /** The tuple in which the column's value, or null, was sent; null when it was not sent. */
  @Nullable Tuple sideWith(int column) {
    if (row != null && !row.isUnchanged(column)) {
      return row;
    }
    boolean inOld =
        old != null && !old.isUnchanged(column) && (!oldIsKey || layout.isInKey(column));
    return inOld ? old : null;
  }
}
