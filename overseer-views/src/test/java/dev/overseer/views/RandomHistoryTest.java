package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.truncate;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgLogWriter.updateKey;
import static dev.overseer.views.Exchange.ENTRIES;
import static dev.overseer.views.Exchange.ENTRY;
import static dev.overseer.views.Exchange.LINE;
import static dev.overseer.views.Exchange.LINES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.formats.pgoutput.PgTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of entries and their lines, compared at every cut with tables that are simply
 * kept: members are those whose row points there, and a record's roots are those that it reaches at
 * the cut or just before.
 */
class RandomHistoryTest {
  private static final int TRANSACTIONS = 60;
  private static final int KEYS = 6;
  private static final int ROOTS = 3;

  /** Rows of entries and of lines: from the key to what the row points to. */
  private record Tables(Map<String, String> entries, Map<String, String> lines) {
    Tables copy() {
      return new Tables(new TreeMap<>(entries), new TreeMap<>(lines));
    }

    Set<String> entriesOf(String withdrawal) {
      return pointingTo(entries, Set.of(withdrawal));
    }

    Set<String> linesOf(String withdrawal) {
      return pointingTo(lines, entriesOf(withdrawal));
    }

    private static Set<String> pointingTo(Map<String, String> rows, Set<String> targets) {
      Set<String> keys = new TreeSet<>();
      rows.forEach(
          (key, target) -> {
            if (targets.contains(target)) {
              keys.add(key);
            }
          });
      return keys;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void views_and_roots_are_those_of_the_tables_at_every_cut(long seed) {
    Random random = new Random(seed);
    Exchange exchange = new Exchange();
    TreeMap<Long, Tables> history = new TreeMap<>();
    history.put(0L, new Tables(new TreeMap<>(), new TreeMap<>()));
    long time = 1;
    for (int i = 0; i < TRANSACTIONS; i++) {
      time += random.nextInt(3); // some transactions share their time
      Tables tables = history.lastEntry().getValue().copy();
      List<TableChange> changes = new ArrayList<>();
      for (int j = random.nextInt(4); j >= 0; j--) {
        changes.add(
            random.nextBoolean()
                ? change(random, ENTRIES, tables.entries(), ROOTS)
                : change(random, LINES, tables.lines(), KEYS));
      }
      exchange.ledger.commit(time, changes.toArray(TableChange[]::new));
      history.put(time, tables);
    }
    for (long cut = 0; cut <= time; cut++) {
      compare(exchange, history, cut);
    }
  }

  private static void compare(Exchange exchange, TreeMap<Long, Tables> history, long cut) {
    Tables now = history.floorEntry(cut).getValue();
    Tables before = history.floorEntry(Math.max(0, cut - 1)).getValue();
    Map<String, Set<String>> rootsOfEntries = new TreeMap<>();
    Map<String, Set<String>> rootsOfLines = new TreeMap<>();
    for (int root = 0; root < ROOTS; root++) {
      String key = "" + root;
      assertThat(exchange.members(key, "entries", cut))
          .containsExactlyElementsOf(now.entriesOf(key));
      assertThat(exchange.members(key, "lines", cut)).containsExactlyElementsOf(now.linesOf(key));
      for (Tables tables : List.of(before, now)) {
        tables.entriesOf(key).forEach(e -> add(rootsOfEntries, e, key));
        tables.linesOf(key).forEach(l -> add(rootsOfLines, l, key));
      }
    }
    for (int i = 0; i < KEYS; i++) {
      String key = "" + i;
      assertThat(exchange.roots("entries", ENTRY, key, cut))
          .containsExactlyElementsOf(rootsOfEntries.getOrDefault(key, Set.of()));
      assertThat(exchange.roots("lines", LINE, key, cut))
          .containsExactlyElementsOf(rootsOfLines.getOrDefault(key, Set.of()));
    }
  }

  private static void add(Map<String, Set<String>> roots, String key, String root) {
    roots.computeIfAbsent(key, _ -> new TreeSet<>()).add(root);
  }

  /** One legal change of a table, made in {@code rows} too. */
  private static TableChange change(
      Random random, PgTable table, Map<String, String> rows, int targets) {
    String key = "" + random.nextInt(KEYS);
    String target = "" + random.nextInt(targets);
    if (random.nextInt(40) == 0) {
      rows.clear();
      return truncate(table);
    }
    if (!rows.containsKey(key)) {
      rows.put(key, target);
      return insert(table, key, target, "1");
    }
    String other = "" + random.nextInt(KEYS);
    return switch (random.nextInt(4)) {
      case 0 -> {
        rows.remove(key);
        yield delete(table, key);
      }
      case 1 -> {
        if (rows.containsKey(other)) {
          rows.put(key, target);
          yield update(table, key, target, "2");
        }
        rows.remove(key);
        rows.put(other, target);
        yield updateKey(table, key, other, target, "3");
      }
      default -> {
        rows.put(key, target);
        yield update(table, key, target, "4");
      }
    };
  }
}
