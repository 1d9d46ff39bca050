package dev.overseer.bench.oracle;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.process.Polling;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.testkit.PostgresVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One run of the workload under Overseer's eyes, and the questions afterwards. */
final class Campaign {
  private static final int RESTARTS = 2;

  /** So often Overseer looks whether another table has taken a name. */
  private static final Duration INSPECTED_EVERY = Duration.ofSeconds(5);

  /** What becomes of a table whose name another took; no other table may become so. */
  private static final Set<String> SWAPS_OPEN =
      Set.of(IncidentKind.GAP.word(), IncidentKind.TABLES_UNSEEN.word());

  private final PostgresVersion version;
  private final long seed;
  private final Duration length;
  private final int snapshots;
  private final Consumer<String> progress;
  private final Problems problems = new Problems();
  private final Evolution evolution = new Evolution();

  /**
   * @param snapshots how many are taken while the workload runs
   */
  Campaign(
      PostgresVersion version,
      long seed,
      Duration length,
      int snapshots,
      Consumer<String> progress) {
    this.version = version;
    this.seed = seed;
    this.length = length;
    this.snapshots = snapshots;
    this.progress = progress;
  }

  /** What is wrong in the end; Overseer's directory is kept when something is. */
  Problems run() {
    try (Database database = Database.start(version)) {
      List<WorkTable> tables = WorkTables.all(version.major());
      database.make(tables);
      return run(database, tables);
    }
  }

  private Problems run(Database database, List<WorkTable> tables) {
    try (Watcher watcher = Watcher.start(database, tables)) {
      progress.accept("in " + watcher);
      watcher.awaitCaughtUp();
      List<Snapshot> taken = work(database, tables, watcher);
      Polling.pause(INSPECTED_EVERY);
      watcher.awaitCaughtUp();
      watcher.incidents().stream()
          .filter(incident -> !SWAPS_OPEN.contains(incident.kind()))
          .forEach(incident -> problems.add("There was an incident: %s", incident.text()));
      try (Stored stored = watcher.stop()) {
        progress.accept(new SnapshotAudit(stored, problems).audit(taken));
      }
      if (problems.isEmpty()) {
        watcher.clearAway();
      }
      return problems;
    }
  }

  /** The last snapshot is of the end. */
  private List<Snapshot> work(Database database, List<WorkTable> tables, Watcher watcher) {
    SnapshotTaker taker = new SnapshotTaker(database, tables, evolution);
    List<Snapshot> taken = new ArrayList<>();
    try (Workload workload = Workload.start(seed, database, tables, evolution)) {
      for (int i = 1; i <= snapshots; i++) {
        Polling.pause(length.dividedBy(snapshots));
        workload.requireAlive();
        taken.add(taker.take().withoutSwapped());
        if (i % (snapshots / (RESTARTS + 1) + 1) == 0) {
          watcher.restart();
        }
      }
      progress.accept("%s, %d shapes".formatted(workload.end(), evolution.shapes()));
    }
    if (evolution.shapes() == 1) {
      problems.add("The table that should change its shape never did");
    }
    taken.add(taker.take());
    return taken;
  }
}
