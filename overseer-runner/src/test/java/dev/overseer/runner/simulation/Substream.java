package dev.overseer.runner.simulation;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that one source will ever say, decided by the seed before the simulation starts. Times are in
 * microseconds; many of them are equal or a strategy's delay apart, because that is where mistakes
 * live.
 *
 * @param read tables that are known from the beginning
 * @param unread tables that are not
 */
record Substream(List<Item> items, Set<PgTable> read, Set<PgTable> unread) {
  static final long START = 1_000_000_000;
  static final long END = START + 3_600_000_000L;

  sealed interface Item {
    long time();
  }

  record Transaction(long time, List<RowChange> changes) implements Item {}

  record Mark(long time) implements Item {}

  /** Rows that were found in a table that is not known; at first, perhaps, that it is empty. */
  record Chunk(long time, List<RowChange> rows) implements Item {}

  /** The table is not known from this time on; a mark of the same time goes with it. */
  record Lost(long time, PgTable table) implements Item {}

  /** The table is known again; a mark of the same time goes with it. */
  record Found(long time, PgTable table) implements Item {}

  /**
   * @param key empty where the whole table is emptied
   * @param previousKey of a change of key
   * @param row of an insert or update
   */
  record RowChange(
      PgTable table,
      Operation operation,
      String key,
      Optional<String> previousKey,
      Optional<List<String>> row) {

    byte[] raw() {
      String[] values = row.orElse(List.of()).toArray(String[]::new);
      return switch (operation) {
        case INSERT, SNAPSHOT -> table.insert(values);
        case UPDATE ->
            previousKey.isPresent()
                ? table.updateKey(List.of(previousKey.get()), values)
                : table.update(values);
        case DELETE -> table.delete(key);
        case TRUNCATE -> table.truncate();
        case ANNOTATION -> throw new IllegalStateException("Not of a row: " + operation);
      };
    }
  }

  /** A table, how many keys it has, and the values of the columns after the key. */
  record Rows(PgTable table, int keys, List<List<String>> values) {}

  static Substream of(Random random, int length, List<Rows> tables) {
    return new Writer(random, tables).write(length);
  }

  private static final class Writer {
    private static final long[] STEPS = {
      0, 0, 0, 1, 1, 250_000, 500_000, 1_000_000, 1_000_000, 2_000_000, 3_000_000
    };

    private final Random random;
    private final List<Rows> tables;
    private final List<Item> items = new ArrayList<>();
    private final Map<PgTable, Map<String, Boolean>> present =
        new TreeMap<>(java.util.Comparator.comparing(PgTable::name));
    private final Set<PgTable> unread = new HashSet<>();
    private Optional<Rows> lost = Optional.empty();
    private Optional<TreeSet<String>> toRead = Optional.empty();
    private long time = START;

    Writer(Random random, List<Rows> tables) {
      this.random = random;
      this.tables = tables;
      tables.forEach(rows -> present.put(rows.table(), new TreeMap<>()));
    }

    Substream write(int length) {
      if (random.nextBoolean()) {
        Rows existing = tables.get(random.nextInt(tables.size()));
        unread.add(existing.table());
        lost = Optional.of(existing);
        toRead = Optional.of(someKeys(existing));
      }
      while (items.size() < length) {
        time += STEPS[random.nextInt(STEPS.length)];
        items.add(next());
      }
      while (lost.isPresent()) {
        items.add(lostOrFound());
      }
      items.add(new Mark(END));
      Set<PgTable> read = new HashSet<>(present.keySet());
      read.removeAll(unread);
      return new Substream(List.copyOf(items), read, Set.copyOf(unread));
    }

    private Item next() {
      int dice = random.nextInt(100);
      if (dice < 60) {
        return transaction();
      }
      return dice < (lost.isPresent() ? 75 : 95) ? new Mark(time) : lostOrFound();
    }

    private Item lostOrFound() {
      if (lost.isEmpty()) {
        lost = Optional.of(tables.get(random.nextInt(tables.size())));
        return new Lost(time, lost.get().table());
      }
      Rows rows = lost.get();
      if (toRead.isEmpty() && random.nextBoolean()) {
        toRead = Optional.of(someKeys(rows));
        return new Chunk(time, List.of(emptied(rows)));
      }
      return toRead
          .filter(keys -> !keys.isEmpty())
          .map(keys -> chunk(rows, keys))
          .orElseGet(this::found);
    }

    private Item found() {
      PgTable table = lost.orElseThrow().table();
      lost = Optional.empty();
      toRead = Optional.empty();
      return new Found(time, table);
    }

    /** What is in the table although nobody saw it come; whatever else was in it is gone. */
    private TreeSet<String> someKeys(Rows rows) {
      TreeSet<String> keys = new TreeSet<>();
      for (int key = 1; key <= rows.keys(); key++) {
        boolean isThere = random.nextInt(3) > 0;
        there(rows).put(Integer.toString(key), isThere);
        if (isThere) {
          keys.add(Integer.toString(key));
        }
      }
      return keys;
    }

    private Item chunk(Rows rows, TreeSet<String> keys) {
      List<RowChange> found = new ArrayList<>();
      for (int left = 1 + random.nextInt(2); left > 0 && !keys.isEmpty(); left--) {
        String key = keys.removeFirst();
        found.add(
            new RowChange(
                rows.table(),
                Operation.SNAPSHOT,
                key,
                Optional.empty(),
                Optional.of(row(rows, key))));
      }
      return new Chunk(time, List.copyOf(found));
    }

    /** What the stream tells of is not read any more. */
    private void told(Rows rows, String key) {
      if (lost.filter(rows::equals).isPresent()) {
        toRead.ifPresent(keys -> keys.remove(key));
      }
    }

    private Map<String, Boolean> there(Rows rows) {
      return present.getOrDefault(rows.table(), new TreeMap<>());
    }

    private static RowChange emptied(Rows rows) {
      return new RowChange(
          rows.table(), Operation.TRUNCATE, "", Optional.empty(), Optional.empty());
    }

    private Transaction transaction() {
      List<RowChange> changes = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      while (changes.size() < count) {
        changes.add(change(tables.get(random.nextInt(tables.size()))));
      }
      return new Transaction(time, List.copyOf(changes));
    }

    private RowChange change(Rows rows) {
      Map<String, Boolean> there = there(rows);
      if (random.nextInt(30) == 0) {
        there.keySet().forEach(key -> told(rows, key));
        there.clear();
        return emptied(rows);
      }
      String key = Integer.toString(1 + random.nextInt(rows.keys()));
      told(rows, key);
      if (!there.getOrDefault(key, false)) {
        there.put(key, true);
        return new RowChange(
            rows.table(), Operation.INSERT, key, Optional.empty(), Optional.of(row(rows, key)));
      }
      String other = Integer.toString(1 + random.nextInt(rows.keys()));
      int dice = random.nextInt(10);
      if (dice == 0) {
        there.put(key, false);
        return new RowChange(
            rows.table(), Operation.DELETE, key, Optional.empty(), Optional.empty());
      }
      if (dice == 1 && !there.getOrDefault(other, false)) {
        told(rows, other);
        there.put(key, false);
        there.put(other, true);
        return new RowChange(
            rows.table(), Operation.UPDATE, other, Optional.of(key), Optional.of(row(rows, other)));
      }
      return new RowChange(
          rows.table(), Operation.UPDATE, key, Optional.empty(), Optional.of(row(rows, key)));
    }

    private List<String> row(Rows rows, String key) {
      List<String> row = new ArrayList<>(List.of(key));
      for (List<String> values : rows.values()) {
        row.add(values.get(random.nextInt(values.size())));
      }
      return row;
    }
  }
}
