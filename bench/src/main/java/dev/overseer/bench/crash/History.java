package dev.overseer.bench.crash;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything that the load committed: the truth of the campaign. Safe for many threads. */
final class History {
  private final Map<Table, Map<UUID, List<RowChange>>> rows = new EnumMap<>(Table.class);
  private final Map<UUID, Fate> fates = new LinkedHashMap<>();
  private long changes;
  private final Map<UUID, Integer> early = new HashMap<>();
  private long transactions;

  History() {
    for (Table table : Table.values()) {
      rows.put(table, new LinkedHashMap<>());
    }
  }

  /** Called once Postgres has said that the transaction is committed. */
  synchronized void committed(List<RowChange> transaction) {
    transactions++;
    for (RowChange change : transaction) {
      changes++;
      ofTable(change.table()).computeIfAbsent(change.id(), _ -> new ArrayList<>()).add(change);
    }
  }

  /** From here on every change is tailed; what is there already may have been found as rows. */
  synchronized void tailed() {
    if (early.isEmpty()) {
      rows.values().forEach(table -> table.forEach((row, some) -> early.put(row, some.size())));
    }
  }

  /** How often each row had changed before every change was tailed. */
  synchronized Map<UUID, Integer> early() {
    return Map.copyOf(early);
  }

  synchronized void fated(UUID withdrawal, Fate fate) {
    fates.put(withdrawal, fate);
  }

  synchronized long changes() {
    return changes;
  }

  synchronized long transactions() {
    return transactions;
  }

  /** The changes of every row of a table, in the order of their commits. */
  synchronized Map<UUID, List<RowChange>> rows(Table table) {
    return Map.copyOf(ofTable(table));
  }

  /** What was to become of each withdrawal that does not simply go well. */
  synchronized Map<UUID, Fate> fates() {
    return Map.copyOf(fates);
  }

  private Map<UUID, List<RowChange>> ofTable(Table table) {
    return rows.computeIfAbsent(table, _ -> new LinkedHashMap<>());
  }
}
