package dev.overseer.runner.simulation;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * All that one source will ever say, decided by the seed before the simulation starts. Times are in
 * microseconds; many of them are equal or a strategy's delay apart, because that is where mistakes
 * live.
 */
record Substream(List<Item> items) {
  static final long START = 1_000_000_000;
  static final long END = START + 3_600_000_000L;

  sealed interface Item {
    long time();
  }

  record Transaction(long time, List<RowChange> changes) implements Item {}

  record Mark(long time) implements Item {}

  /** The table is not known after this time; a mark of the same time goes with it. */
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
    private Optional<PgTable> lost = Optional.empty();
    private long time = START;

    Writer(Random random, List<Rows> tables) {
      this.random = random;
      this.tables = tables;
      tables.forEach(rows -> present.put(rows.table(), new TreeMap<>()));
    }

    Substream write(int length) {
      while (items.size() < length) {
        time += STEPS[random.nextInt(STEPS.length)];
        items.add(next());
      }
      lost.ifPresent(table -> items.add(new Found(time, table)));
      items.add(new Mark(END));
      return new Substream(List.copyOf(items));
    }

    private Item next() {
      int dice = random.nextInt(100);
      if (dice < 60) {
        return transaction();
      }
      return dice < 95 ? new Mark(time) : lostOrFound();
    }

    private Item lostOrFound() {
      if (lost.isPresent()) {
        PgTable table = lost.get();
        lost = Optional.empty();
        return new Found(time, table);
      }
      PgTable table = tables.get(random.nextInt(tables.size())).table();
      lost = Optional.of(table);
      return new Lost(time, table);
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
      Map<String, Boolean> there = present.getOrDefault(rows.table(), new TreeMap<>());
      if (random.nextInt(30) == 0) {
        there.clear();
        return new RowChange(
            rows.table(), Operation.TRUNCATE, "", Optional.empty(), Optional.empty());
      }
      String key = Integer.toString(1 + random.nextInt(rows.keys()));
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
