package dev.overseer.bench.oracle;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.model.AsOf;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.RecordState;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.LogReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds what Overseer stored against every snapshot: the fold of exactly the transactions that it
 * saw, and, where these are a prefix of their source's commits, the read as of their time. The last
 * snapshot, of the end, is the latest of everything too.
 */
final class SnapshotAudit {
  private final Stored stored;
  private final Problems problems;
  private final Comparison comparison;
  private final CommitOrder order;
  private int prefixes;

  SnapshotAudit(Stored stored, Problems problems) {
    this.stored = stored;
    this.problems = problems;
    this.comparison = new Comparison(problems);
    this.order = CommitOrder.read(stored.log());
  }

  /** Says how much was compared. */
  String audit(List<Snapshot> taken) {
    stored.unreadable().forEach(what -> problems.add("Overseer cannot read the change %s", what));
    lost().forEach(why -> problems.add("A table was not known for a while: %s", why));
    new SnapshotFolds(stored, order).run(taken, this::auditFold);
    return "%,d transactions stored; %d snapshots, %d times a prefix of the commits; %,d values"
        .formatted(order.size(), taken.size(), prefixes, comparison.values());
  }

  /** Tables that were not known for a while, and no other had their names. */
  private Set<String> lost() {
    Set<String> lost = new TreeSet<>();
    try (LogReader<LogRecord> reader = stored.log().reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof LogRecord.TableUnknown unknown
            && !unknown.table().equals(Swap.TABLE.name())) {
          lost.add(unknown.table() + ": " + unknown.reason());
        }
      }
    }
    return lost;
  }

  private void auditFold(Snapshot snapshot, Fold fold) {
    comparison.compare(
        "the fold",
        snapshot,
        fold.states().keySet(),
        key -> fold.states().getOrDefault(key, RecordState.NEVER_SEEN));
    for (SourceName source : WorkTables.sources(List.copyOf(snapshot.tables().keySet()))) {
      Optional<AsOf> asOf = order.prefix(source, snapshot.visible());
      if (asOf.isPresent()) {
        prefixes++;
        auditRead(snapshot.of(source), fold, asOf.get());
      }
    }
    if (order.lastSeen(snapshot.visible()).equals(order.last())) {
      auditRead(snapshot, fold, AsOf.latest());
    }
  }

  private void auditRead(Snapshot snapshot, Fold fold, AsOf asOf) {
    comparison.compare(
        "the read as of " + asOf.cut(),
        snapshot,
        fold.states().keySet(),
        key -> stored.views().stateAsOf(key, asOf));
  }
}
