package dev.overseer.runner.simulation;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Operation;
import java.util.ArrayList;
import java.util.HashMap;
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
   * A standby was promoted that had only the first {@code kept} items: what came after them never
   * happened.
   */
  record Fork(long time, int kept) implements Item {}

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
    return new Writer(random, tables, false).write(length);
  }

  /** The same, and whole slots are lost, standbys promoted, and clocks jump. */
  static Substream wide(Random random, int length, List<Rows> tables) {
    return new Writer(random, tables, true).write(length);
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
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Map<PgTable, Map<String, Boolean>>> presentBefore = new ArrayList<>();
    private final boolean wide;
    private int forkable;
    private long time = START;

    /** A table that is not known, and which of its rows are still to be read, if it is read. */
    private static final class Gap {
      private final Rows rows;
      private Optional<TreeSet<String>> toRead = Optional.empty();

      Gap(Rows rows) {
        this.rows = rows;
      }
    }

    Writer(Random random, List<Rows> tables, boolean wide) {
      this.random = random;
      this.tables = tables;
      this.wide = wide;
      tables.forEach(rows -> present.put(rows.table(), new TreeMap<>()));
    }

    Substream write(int length) {
      if (random.nextBoolean()) {
        Gap existing = new Gap(tables.get(random.nextInt(tables.size())));
        unread.add(existing.rows.table());
        gaps.add(existing);
        existing.toRead = Optional.of(someKeys(existing.rows));
      }
      while (items.size() < length) {
        time += step();
        add(next());
      }
      while (!gaps.isEmpty()) {
        add(lostOrFound());
      }
      items.add(new Mark(END));
      Set<PgTable> read = new HashSet<>(present.keySet());
      read.removeAll(unread);
      return new Substream(List.copyOf(items), read, Set.copyOf(unread));
    }

    private void add(Item item) {
      if (!(item instanceof Transaction || item instanceof Mark)) {
        forkable = items.size() + 1;
      }
      items.add(item);
    }

    /**
     * A clock that jumps ahead leaves nothing to do for long; one that is set back stands still.
     */
    private long step() {
      return wide && random.nextInt(40) == 0 ? 60_000_000 : STEPS[random.nextInt(STEPS.length)];
    }

    private Item next() {
      presentBefore.add(copyOfPresent());
      if (wide && gaps.isEmpty() && random.nextInt(20) == 0) {
        return fork();
      }
      int dice = random.nextInt(100);
      if (dice < 60) {
        return transaction();
      }
      return dice < (gaps.isEmpty() ? 95 : 75) ? new Mark(time) : lostOrFound();
    }

    /** The standby lacks some of what came since the last thing that it cannot lack. */
    private Item fork() {
      int kept = items.size() - random.nextInt(Math.min(5, items.size() - forkable + 1));
      if (kept < items.size()) {
        present.putAll(presentBefore.get(kept));
      }
      return new Fork(items.isEmpty() ? START : items.getLast().time(), kept);
    }

    private Map<PgTable, Map<String, Boolean>> copyOfPresent() {
      Map<PgTable, Map<String, Boolean>> copy = new HashMap<>();
      present.forEach((table, there) -> copy.put(table, new TreeMap<>(there)));
      return copy;
    }

    private Item lostOrFound() {
      if (gaps.isEmpty()) {
        return lose();
      }
      Gap gap = gaps.get(wide ? random.nextInt(gaps.size()) : 0);
      if (gap.toRead.isEmpty() && random.nextBoolean()) {
        gap.toRead = Optional.of(someKeys(gap.rows));
        return new Chunk(time, List.of(emptied(gap.rows)));
      }
      return gap.toRead
          .filter(keys -> !keys.isEmpty())
          .map(keys -> chunk(gap.rows, keys))
          .orElseGet(() -> found(gap));
    }

    /** One table leaves the publication, or the slot is lost and all of them with it. */
    private Item lose() {
      if (wide && random.nextInt(3) == 0) {
        tables.forEach(rows -> gaps.add(new Gap(rows)));
      } else {
        gaps.add(new Gap(tables.get(random.nextInt(tables.size()))));
      }
      for (Gap gap : gaps.subList(1, gaps.size())) {
        presentBefore.add(copyOfPresent());
        add(new Lost(time, gap.rows.table()));
      }
      return new Lost(time, gaps.getFirst().rows.table());
    }

    private Item found(Gap gap) {
      gaps.remove(gap);
      return new Found(time, gap.rows.table());
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
      gaps.stream()
          .filter(gap -> gap.rows.equals(rows))
          .forEach(gap -> gap.toRead.ifPresent(keys -> keys.remove(key)));
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
