package dev.overseer.ingestion;

import dev.overseer.ingestion.Touches.Touched;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a chunk at the place in the stream where everything that it shows has been
 * received. Whatever was received by then and the chunk does not show is newer than the chunk: a
 * row that such a change concerns is left out, because the stream tells it better. Only where the
 * stream does not tell it whole (a large value that did not change is not sent) is the row read
 * again, by itself.
 *
 * <p>Why nothing is lost: a transaction that the chunk shows was committed before the chunk's end,
 * so it is in the log before the chunk; one that it does not show was received before the place,
 * and is among {@code unseen}, or comes after it. No I/O.
 */
sealed interface Reconciliation {

  /**
   * @param rows to be placed
   * @param again the keys of rows to be read again
   */
  record Placeable(List<Chunk.Row> rows, Set<List<String>> again) implements Reconciliation {}

  /** The chunk tells rows in another form than the stream does by now: it must be read anew. */
  record Outdated() implements Reconciliation {}

  static Reconciliation of(Chunk chunk, List<Touched> unseen) {
    Map<List<String>, Chunk.Row> rows = new LinkedHashMap<>();
    chunk.rows().forEach(row -> rows.put(row.key(), row));
    Set<List<String>> again = new LinkedHashSet<>();
    for (Touched change : unseen) {
      if (!Arrays.equals(change.schema(), chunk.schema())) {
        return new Outdated();
      }
      switch (change.touch()) {
        case RowTouch.Written written -> write(written, chunk.order().again(), rows, again);
        case RowTouch.Removed(List<String> key) -> {
          rows.remove(key);
          again.remove(key);
        }
        case RowTouch.Emptied() -> {
          rows.clear();
          again.clear();
        }
        case RowTouch.Unreadable() -> {
          return new Outdated();
        }
      }
    }
    return new Placeable(List.copyOf(rows.values()), again);
  }

  /**
   * A row that came from another key and is not told whole was asked for since it was received; it
   * still is where the chunk with what was asked for came before others see it.
   */
  private static void write(
      RowTouch.Written written,
      List<List<String>> asked,
      Map<List<String>, Chunk.Row> rows,
      Set<List<String>> again) {
    written.previous().ifPresent(rows::remove);
    written.previous().ifPresent(again::remove);
    boolean wasHere = rows.remove(written.key()) != null;
    if (written.isWhole()) {
      again.remove(written.key());
    } else if (wasHere || asked.contains(written.key())) {
      again.add(written.key());
    }
  }
}
