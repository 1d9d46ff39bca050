package dev.overseer.bench.oracle;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Folds, for each snapshot, exactly the transactions that it saw. The log is read once: as long as
 * a snapshot saw everything it shares one fold with the others; where it did not see a transaction
 * but later ones, it goes on with a copy of its own.
 */
final class SnapshotFolds {
  private final Stored stored;
  private final CommitOrder order;

  SnapshotFolds(Stored stored, CommitOrder order) {
    this.stored = stored;
    this.order = order;
  }

  /** A snapshot on its way. */
  private static final class Branch {
    final Snapshot snapshot;
    final LogOffset last;
    Fold fold;
    boolean isOwn;

    Branch(Snapshot snapshot, LogOffset last, Fold shared) {
      this.snapshot = snapshot;
      this.last = last;
      this.fold = shared;
    }

    boolean sees(VisibleRecord.Transaction transaction) {
      return snapshot.visible().sees(transaction.commit().xid());
    }
  }

  /**
   * @param done is given each snapshot with its fold, which it must use up at once
   */
  void run(List<Snapshot> snapshots, BiConsumer<Snapshot, Fold> done) {
    Fold shared = new Fold(stored);
    List<Branch> branches = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      branches.add(new Branch(snapshot, order.lastSeen(snapshot.visible()), shared));
    }
    try (TransactionReader reader = new TransactionReader(stored.log(), LogOffset.ZERO)) {
      while (!branches.isEmpty() && reader.next()) {
        if (reader.record() instanceof VisibleRecord.Transaction transaction) {
          branches.forEach(branch -> leaveUnseen(branch, transaction));
          shared.add(transaction);
          branches.forEach(branch -> addSeen(branch, transaction));
          finish(branches, transaction.offset(), done);
        }
      }
    }
  }

  private static void leaveUnseen(Branch branch, VisibleRecord.Transaction transaction) {
    if (!branch.isOwn && !branch.sees(transaction)) {
      branch.fold = branch.fold.copy();
      branch.isOwn = true;
    }
  }

  private static void addSeen(Branch branch, VisibleRecord.Transaction transaction) {
    if (branch.isOwn && branch.sees(transaction)) {
      branch.fold.add(transaction);
    }
  }

  private static void finish(
      List<Branch> branches, LogOffset offset, BiConsumer<Snapshot, Fold> done) {
    for (Iterator<Branch> each = branches.iterator(); each.hasNext(); ) {
      Branch branch = each.next();
      if (branch.last.equals(offset)) {
        done.accept(branch.snapshot, branch.fold);
        each.remove();
      }
    }
  }
}
