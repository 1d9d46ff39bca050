package dev.overseer.ingestion.postgres;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Relation messages said of tables so far, at the moment at which each message arrives.
 * Those of a transaction that comes before its end hold for its own changes until it is committed;
 * then they hold for all that follow, but for tables that were described anew since.
 */
final class TableViews {
  private final Map<Integer, Told> ofConnection = new HashMap<>();
  private final Map<Integer, Map<Integer, Told>> ofTransactions = new HashMap<>();
  private @Nullable Map<Integer, Told> block;
  private long tellings;

  private record Told(long number, TableView view) {}

  void enter(int xid) {
    block = ofTransactions.computeIfAbsent(xid, _ -> new HashMap<>());
  }

  void leave() {
    block = null;
  }

  boolean isInBlock() {
    return block != null;
  }

  void committed(int xid) {
    Map<Integer, Told> told = ofTransactions.remove(xid);
    if (told != null) {
      told.forEach(
          (relation, view) ->
              ofConnection.merge(
                  relation, view, (one, other) -> one.number() > other.number() ? one : other));
    }
  }

  void aborted(int xid) {
    ofTransactions.remove(xid);
  }

  void put(int relation, TableView view) {
    (block == null ? ofConnection : block).put(relation, new Told(++tellings, view));
  }

  /** Null when the table was never described. */
  @Nullable TableView find(int relation) {
    Told told = block == null ? null : block.get(relation);
    told = told == null ? ofConnection.get(relation) : told;
    return told == null ? null : told.view();
  }
}
