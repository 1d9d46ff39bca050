package dev.overseer.ingestion;

import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stream has brought lately for the tables whose rows are being read: as long as a chunk
 * may come that does not show it. No I/O; one thread.
 */
final class Touches {
  private static final int TOUCHES_MAX = 500_000;
  private static final long BYTES_MAX = 32 << 20;

  private List<Touched> touched = new ArrayList<>();
  private long bytes;

  /**
   * A change of a committed transaction.
   *
   * @param schema by which it is read
   * @param bytes of the change as it came, about what this takes in memory
   */
  record Touched(long xid, TableName table, byte[] schema, RowTouch touch, int bytes) {}

  /** There were more changes than can be remembered: the watch has a break. */
  boolean isFull() {
    return touched.size() >= TOUCHES_MAX || bytes >= BYTES_MAX;
  }

  void add(Touched change) {
    touched.add(change);
    bytes += change.bytes();
  }

  /** Changes of {@code table} that are not visible, in the order of the stream. */
  List<Touched> unseen(Visibility visible, TableName table) {
    return touched.stream()
        .filter(change -> change.table().equals(table) && !visible.sees(change.xid()))
        .toList();
  }

  /** What is visible now is so to every later reading. */
  void forget(Visibility visible) {
    List<Touched> kept = new ArrayList<>();
    bytes = 0;
    for (Touched change : touched) {
      if (!visible.sees(change.xid())) {
        kept.add(change);
        bytes += change.bytes();
      }
    }
    touched = kept;
  }

  void clear() {
    touched.clear();
    bytes = 0;
  }
}
