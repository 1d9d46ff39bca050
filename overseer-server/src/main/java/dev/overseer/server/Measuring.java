package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.CheckName;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Stage;
import dev.overseer.runner.Runner;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.ModeBook;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.server.canary.Canary;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.heartbeat.HeartbeatLog;
import dev.overseer.server.metrics.CanaryMetrics;
import dev.overseer.server.metrics.CheckMetrics;
import dev.overseer.server.metrics.HeartbeatMetrics;
import dev.overseer.server.metrics.IncidentMetrics;
import dev.overseer.server.metrics.IntakeMetrics;
import dev.overseer.server.metrics.Metrics;
import dev.overseer.server.metrics.SourceMetrics;
import dev.overseer.server.metrics.SweepMetrics;
import dev.overseer.server.metrics.VerdictMetrics;
import dev.overseer.server.sources.TailedSource;
import dev.overseer.server.stages.Vitals;
import dev.overseer.server.storage.Disks;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.keys.KeyArchive;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.SegmentedLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * All that is measured: read from the stages when somebody scrapes, and counted from the journal as
 * it grows. docs/reference/metrics.md is the reference.
 */
final class Measuring implements Stage, AutoCloseable {
  private static final int ENTRIES_PER_STEP = 1000;

  private final Metrics metrics;
  private final VerdictMetrics verdicts;
  private final LogReader<JournalEntry> reader;
  private final InstantSource clock;
  private BiConsumer<JournalEntry, Instant> follower = (_, _) -> {};

  Measuring(Metrics metrics, AppendLog<JournalEntry> journal, InstantSource clock) {
    this.metrics = metrics;
    this.verdicts = new VerdictMetrics(metrics);
    this.reader = journal.reader(journal.end());
    this.clock = clock;
  }

  void logs(AppendLog<LogRecord> updateLog, UpdateIndex index, AppendLog<JournalEntry> journal) {
    metrics.count(
        "overseer.update.log.records",
        "Durable records of the update log",
        updateLog,
        log -> log.end().value());
    metrics.gauge(
        "overseer.update.log.unsynced.records",
        "Records appended to the update log and not yet durable",
        updateLog,
        log -> log.appended().value() - log.end().value());
    metrics.gauge(
        "overseer.index.lag.records",
        "Durable records of the update log that are not in the index",
        index,
        it -> updateLog.end().value() - it.consumed().value());
    metrics.count(
        "overseer.journal.records",
        "Durable records of the journal",
        journal,
        log -> log.end().value());
  }

  void indexing(IndexBuilding index) {
    metrics.gauge(
        "overseer.index.building.records",
        "Records that the update log held at the start and the index does not have yet",
        index,
        IndexBuilding::left);
  }

  void archive(SegmentedLog<?> updateLog, SegmentedLog<?> journal) {
    metrics.gauge(
        "overseer.update.log.unarchived.records",
        "Durable records of the update log that the archive does not hold",
        updateLog,
        log -> log.end().value() - log.archived().value());
    metrics.gauge(
        "overseer.journal.unarchived.records",
        "Durable records of the journal that the archive does not hold",
        journal,
        log -> log.end().value() - log.archived().value());
  }

  void keys(KeyArchive archive) {
    metrics.gauge(
        "overseer.subject.keys.unarchived",
        "Durable keys of subjects that the archive does not hold",
        archive,
        KeyArchive::unarchived);
  }

  void stages(Vitals vitals) {
    metrics.gauge(
        "overseer.stages.failed",
        "Stages that failed and are not stepped any more",
        vitals,
        it -> it.failures().size());
  }

  void intake(Disks disks, SegmentedLog<?> updateLog) {
    IntakeMetrics.register(
        metrics, disks::freeBytes, disks.minFreeBytes(), () -> !updateLog.hasRoom());
  }

  /** Finds what it broke in the journal as it is counted. Before the first step. */
  void canary(Canary canary) {
    verdicts.expect(CanaryDefinitions.check());
    CanaryMetrics.register(metrics, canary);
    follower = canary::heard;
  }

  void wellbeing(Wellbeing wellbeing) {
    HeartbeatMetrics.register(metrics, wellbeing);
  }

  void heartbeat(HeartbeatLog posts) {
    HeartbeatMetrics.register(metrics, posts);
  }

  void source(TailedSource source) {
    new SourceMetrics(metrics, source.name(), source::status, clock).register();
  }

  void checks(
      List<CheckDefinition<?>> checks,
      Runner runner,
      ViolationBook violations,
      IncidentBook incidents) {
    for (CheckDefinition<?> check : checks) {
      verdicts.expect(check);
      new CheckMetrics(metrics, check.name(), runner::coverage, clock).register();
      metrics.ofCheck(
          check.name(),
          "overseer.violations.open",
          "Violations that are open, acknowledged or snoozed",
          () ->
              violations.current().stream()
                  .filter(it -> it.check().equals(check.name()))
                  .filter(ProjectedRows::isUnresolved)
                  .count());
    }
    IncidentMetrics.register(metrics, incidents);
  }

  void modes(Set<CheckName> checks, Runner runner, ModeBook modes) {
    for (CheckName check : checks) {
      metrics.ofCheck(
          check,
          "overseer.check.mode",
          "2 where it is active, 1 where it is observed, 0 where it is paused",
          () ->
              switch (modes.mode(check)) {
                case ACTIVE -> 2;
                case OBSERVE -> 1;
                case PAUSED -> 0;
              });
      metrics.ofCheck(
          check,
          "overseer.check.suspended",
          "1 while nothing of it is judged because of its errors, else 0",
          () -> runner.suspended().stream().anyMatch(it -> it.check().equals(check)) ? 1 : 0);
    }
  }

  void sweeps(Set<CheckName> checks, SweepBook sweeps) {
    checks.forEach(check -> SweepMetrics.register(metrics, check, sweeps));
  }

  @Override
  public boolean step() {
    int entries = 0;
    while (entries < ENTRIES_PER_STEP && reader.next()) {
      JournalEntry entry = reader.record();
      Instant read = clock.instant();
      verdicts.count(entry, read);
      follower.accept(entry, read);
      entries++;
    }
    return entries > 0;
  }

  @Override
  public void close() {
    reader.close();
  }
}
