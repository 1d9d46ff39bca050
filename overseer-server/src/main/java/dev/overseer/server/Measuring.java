package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.ingestion.ReadingProgress;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.CheckName;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.runner.Runner;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.server.metrics.IntakeMetrics;
import dev.overseer.server.metrics.Metrics;
import dev.overseer.server.metrics.VerdictMetrics;
import dev.overseer.server.sources.TailedSource;
import dev.overseer.server.stages.Vitals;
import dev.overseer.server.storage.Disks;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.keys.KeyArchive;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.SegmentedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that is measured: read from the stages when somebody scrapes, and counted from the journal as
 * it grows. docs/reference/metrics.md is the reference.
 */
final class Measuring implements Stage, AutoCloseable {
  private static final int ENTRIES_PER_STEP = 1000;

  private final Metrics metrics = new Metrics();
  private final VerdictMetrics verdicts = new VerdictMetrics(metrics);
  private final LogReader<JournalEntry> reader;
  private final InstantSource clock;

  Measuring(AppendLog<JournalEntry> journal, InstantSource clock) {
    this.reader = journal.reader(journal.end());
    this.clock = clock;
  }

  void logs(AppendLog<LogRecord> updateLog, UpdateIndex index, AppendLog<JournalEntry> journal) {
    metrics.gauge(
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
    metrics.gauge(
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

  void source(TailedSource source) {
    SourceName name = source.name();
    metrics.ofSource(
        name,
        "overseer.source.watermark.lag.seconds",
        "How far the watermark lies back; NaN before there is one",
        source,
        it -> secondsSince(DeskRows.instant(it.status().watermark()).orElse(null)));
    metrics.ofSource(
        name,
        "overseer.source.lag.bytes",
        "From what was received to the end of the source's own log",
        source,
        it -> it.status().lagBytes());
    metrics.ofSource(
        name,
        "overseer.source.tailing",
        "1 while the source's log is followed, else 0",
        source,
        it -> it.status().phase() == Phase.DISCONNECTED ? 0 : 1);
    metrics.ofSource(
        name,
        "overseer.source.spooled.bytes",
        "On disk, of transactions that were sent before they have ended",
        source,
        it -> it.status().spooledBytes());
    metrics.ofSource(
        name,
        "overseer.source.retry.seconds",
        "Until the next attempt to connect; 0 while connected",
        source,
        it -> it.status().retryAt().map(this::secondsUntil).orElse(0.0));
    metrics.ofSource(
        name,
        "overseer.source.retained.bytes",
        "Of its log that the source keeps for us; NaN when it was not read",
        source,
        it -> it.status().retainedBytes().stream().asDoubleStream().findFirst().orElse(Double.NaN));
    metrics.ofSource(
        name,
        "overseer.source.reading.rows",
        "Rows placed of the table whose existing rows are being read; NaN when none is",
        source,
        it -> it.status().reading().map(reading -> (double) reading.rows()).orElse(Double.NaN));
    metrics.ofSource(
        name,
        "overseer.source.reading.left.seconds",
        "How long that table will take by its estimate; NaN when that is not known",
        source,
        it ->
            it.status()
                .reading()
                .flatMap(ReadingProgress::left)
                .map(left -> left.toMillis() / 1000.0)
                .orElse(Double.NaN));
    count(
        source,
        "overseer.source.heartbeats",
        "Messages of ours that came back in the source's log",
        it -> it.status().counts().heartbeats());
    count(
        source,
        "overseer.source.transactions",
        "Transactions stored",
        it -> it.status().counts().transactions());
    count(
        source, "overseer.source.updates", "Changes stored", it -> it.status().counts().changes());
    count(
        source,
        "overseer.source.received.bytes",
        "Bytes of stored changes, as received",
        it -> it.status().counts().rawBytes());
    count(
        source,
        "overseer.source.snapshot.rows",
        "Rows that existed when their table was read",
        it -> it.status().counts().snapshotRows());
    count(
        source,
        "overseer.source.dead.letters",
        "Changes that could not be read",
        it -> it.status().counts().deadLetters());
    count(
        source,
        "overseer.source.clamped.transactions",
        "Transactions that landed below a mark",
        it -> it.status().counts().clamped());
    count(
        source,
        "overseer.source.jumps",
        "Times that were not believed",
        it -> it.status().counts().jumps());
    count(
        source,
        "overseer.source.connections",
        "Connections made to the source's log",
        it -> it.status().counts().connections());
    count(
        source,
        "overseer.source.gaps",
        "Gaps after which everything was read anew",
        it -> it.status().counts().gaps());
    count(
        source,
        "overseer.source.disowned.transactions",
        "Transactions that a promoted standby never had",
        it -> it.status().counts().disowned());
  }

  void checks(List<CheckDefinition<?>> checks, Runner runner, ViolationBook violations) {
    for (CheckDefinition<?> check : checks) {
      CheckName name = check.name();
      metrics.ofCheck(
          name,
          "overseer.check.coverage.lag.seconds",
          "How far coverage lies back; NaN before there is any",
          () -> secondsSince(DeskRows.instant(coverage(runner, name).upTo()).orElse(null)));
      metrics.ofCheck(
          name,
          "overseer.check.pending.triggers",
          "Triggers whose cut no source has reached",
          () -> coverage(runner, name).notYetDue());
      metrics.ofCheck(
          name,
          "overseer.check.waiting.triggers",
          "Triggers that wait for a source",
          () -> coverage(runner, name).dueButStale());
      metrics.ofCheck(
          name,
          "overseer.check.failing.roots",
          "Roots whose data fail",
          () -> coverage(runner, name).failed());
      metrics.ofCheck(
          name,
          "overseer.check.inconclusive.roots",
          "Roots of which the last complete verdict could not tell",
          () -> coverage(runner, name).inconclusive());
      metrics.ofCheck(
          name,
          "overseer.check.errored.roots",
          "Roots in whose last complete verdict the check itself failed",
          () -> coverage(runner, name).errored());
      metrics.ofCheck(
          name,
          "overseer.violations.open",
          "Violations that are open, acknowledged or snoozed",
          () ->
              violations.current().stream()
                  .filter(it -> it.check().equals(name))
                  .filter(ProjectedRows::isUnresolved)
                  .count());
    }
  }

  /** In Prometheus' text format. */
  String scrape() {
    return metrics.scrape();
  }

  @Override
  public boolean step() {
    int entries = 0;
    while (entries < ENTRIES_PER_STEP && reader.next()) {
      verdicts.count(reader.record(), clock.instant());
      entries++;
    }
    return entries > 0;
  }

  @Override
  public void close() {
    reader.close();
    metrics.close();
  }

  private void count(
      TailedSource source, String name, String meaning, ToDoubleFunction<TailedSource> count) {
    metrics.countOfSource(source.name(), name, meaning, source, count);
  }

  private static Coverage coverage(Runner runner, CheckName check) {
    return runner.coverage().stream()
        .filter(it -> it.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private double secondsUntil(Instant instant) {
    return Math.max(0, Duration.between(clock.instant(), instant).toMillis() / 1000.0);
  }

  private double secondsSince(@Nullable Instant instant) {
    return instant == null
        ? Double.NaN
        : Duration.between(instant, clock.instant()).toMillis() / 1000.0;
  }
}
