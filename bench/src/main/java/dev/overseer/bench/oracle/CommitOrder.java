package dev.overseer.bench.oracle;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The transactions of the log, each source's in the order of their commits. */
final class CommitOrder {
  private final List<Stamped> commits = new ArrayList<>();

  /** A transaction, by what a snapshot knows of it and where and when it is in the log. */
  private record Stamped(SourceName source, LogOffset offset, long xid, EffectiveTime time) {}

  static CommitOrder read(ReadableLog<LogRecord> log) {
    CommitOrder order = new CommitOrder();
    try (TransactionReader reader = new TransactionReader(log, LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof VisibleRecord.Transaction transaction) {
          order.commits.add(
              new Stamped(
                  transaction.commit().source(),
                  transaction.offset(),
                  transaction.commit().xid(),
                  transaction.commit().effectiveTime()));
        }
      }
    }
    return order;
  }

  int size() {
    return commits.size();
  }

  /** The offset of the last one. */
  LogOffset last() {
    return commits.getLast().offset();
  }

  /** The offset of the last one that is seen. */
  LogOffset lastSeen(VisibleTransactions visible) {
    return commits.get(countToLastSeen(commits, visible) - 1).offset();
  }

  /** The read that asks for exactly what is seen of a source, if that is a prefix of its order. */
  Optional<AsOf> prefix(SourceName source, VisibleTransactions visible) {
    List<Stamped> all = commits.stream().filter(commit -> commit.source().equals(source)).toList();
    int count = countToLastSeen(all, visible);
    if (!all.subList(0, count).stream().allMatch(commit -> visible.sees(commit.xid()))) {
      return Optional.empty();
    }
    Stamped last = all.get(count - 1);
    boolean nextIsLater = count == all.size() || all.get(count).time().isAfter(last.time());
    return Optional.of(
        nextIsLater ? AsOf.at(last.time()) : new AsOf(last.time(), last.offset().next()));
  }

  /** Rows that were read are nobody's transaction: they count with what lies around them. */
  private static int countToLastSeen(List<Stamped> commits, VisibleTransactions visible) {
    boolean isLast = true;
    for (int i = commits.size(); i > 0; i--) {
      long xid = commits.get(i - 1).xid();
      if (xid != 0 && visible.sees(xid)) {
        return isLast ? commits.size() : i;
      }
      isLast &= xid == 0;
    }
    throw new IllegalStateException("A snapshot was taken before anything was stored");
  }
}
