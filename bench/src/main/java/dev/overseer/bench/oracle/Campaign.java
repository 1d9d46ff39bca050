package dev.overseer.bench.oracle;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.process.Polling;
import dev.overseer.model.AsOf;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One run of the workload under Overseer's eyes, and the questions afterwards. */
final class Campaign {
  private static final int RESTARTS = 2;

  private final long seed;
  private final Duration length;
  private final int snapshots;
  private final Consumer<String> progress;
  private final Problems problems = new Problems();

  /**
   * @param snapshots how many are taken while the workload runs
   */
  Campaign(long seed, Duration length, int snapshots, Consumer<String> progress) {
    this.seed = seed;
    this.length = length;
    this.snapshots = snapshots;
    this.progress = progress;
  }

  /** What is wrong in the end; Overseer's directory is kept when something is. */
  Problems run() {
    List<WorkTable> tables = WorkTables.all();
    try (Database database = Database.start(tables);
        Watcher watcher = Watcher.start(database, tables)) {
      progress.accept("in " + watcher);
      watcher.awaitCaughtUp();
      List<Snapshot> taken = work(database, tables, watcher);
      watcher.awaitCaughtUp();
      watcher
          .incidents()
          .forEach(incident -> problems.add("There was an incident: %s", incident.text()));
      try (Stored stored = watcher.stop()) {
        compare(stored, taken);
      }
      if (problems.isEmpty()) {
        watcher.clearAway();
      }
      return problems;
    }
  }

  /** The last snapshot is of the end. */
  private List<Snapshot> work(Database database, List<WorkTable> tables, Watcher watcher) {
    SnapshotTaker taker = new SnapshotTaker(database, tables);
    List<Snapshot> taken = new ArrayList<>();
    try (Workload workload = Workload.start(seed, database, tables)) {
      for (int i = 1; i <= snapshots; i++) {
        Polling.pause(length.dividedBy(snapshots));
        workload.requireAlive();
        taken.add(taker.take());
        if (i % (snapshots / (RESTARTS + 1) + 1) == 0) {
          watcher.restart();
        }
      }
      progress.accept(workload.end());
    }
    taken.add(taker.take());
    return taken;
  }

  private void compare(Stored stored, List<Snapshot> taken) {
    Comparison comparison = new Comparison(problems);
    stored.unreadable().forEach(what -> problems.add("Overseer cannot read a change %s", what));
    CommitOrder order = CommitOrder.read(stored.log());
    List<Integer> prefixes = new ArrayList<>();
    new SnapshotFolds(stored, order)
        .run(
            taken,
            (snapshot, fold) -> {
              Set<RecordKey> keys = fold.states().keySet();
              comparison.compare(
                  "the fold",
                  snapshot,
                  keys,
                  key -> fold.states().getOrDefault(key, RecordState.NEVER_SEEN));
              order
                  .prefix(snapshot.visible())
                  .ifPresent(
                      asOf -> {
                        prefixes.add(snapshot.number());
                        read(comparison, stored, snapshot, keys, asOf);
                      });
              if (snapshot.equals(taken.getLast())) {
                read(comparison, stored, snapshot, keys, AsOf.latest());
              }
            });
    progress.accept(
        "%,d transactions stored; %d snapshots, %d of them a prefix of the commit order; %,d values"
            .formatted(order.size(), taken.size(), prefixes.size(), comparison.values()));
  }

  private static void read(
      Comparison comparison, Stored stored, Snapshot snapshot, Set<RecordKey> keys, AsOf asOf) {
    comparison.compare(
        "the read as of " + asOf.cut(), snapshot, keys, key -> stored.views().stateAsOf(key, asOf));
  }
}
