package dev.overseer.server;

import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.runner.Runner;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.store.archive.SegmentArchive;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.retention.ChangeReaders;
import dev.overseer.store.retention.DeletionRecords;
import dev.overseer.store.retention.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the stage that deletes what sources are configured not to keep. */
final class Retaining {
  private static final Logger LOG = LoggerFactory.getLogger(Retaining.class);

  private final SegmentedLog<LogRecord> log;
  private final UpdateIndex index;
  private final IndexBuilding indexing;
  private final Runner runner;
  private final Optional<SegmentArchive> archive;
  private final DeletionRecords records;

  Retaining(
      SegmentedLog<LogRecord> log,
      UpdateIndex index,
      IndexBuilding indexing,
      Runner runner,
      Optional<SegmentArchive> archive,
      DeletionRecords records) {
    this.log = log;
    this.index = index;
    this.indexing = indexing;
    this.runner = runner;
    this.archive = archive;
    this.records = records;
  }

  /** Empty when every source keeps everything. */
  Optional<Stage> stage(
      List<SourceSettings> sources,
      Definitions definitions,
      Formats formats,
      Path kept,
      InstantSource clock) {
    Map<SourceName, Duration> retention = new TreeMap<>();
    sources.forEach(source -> source.retention().ifPresent(it -> retention.put(source.name(), it)));
    if (retention.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Retention(
            retention,
            log,
            index,
            definitions,
            new ChangeReaders(formats::decoder, formats::aggregator),
            archive,
            records,
            new Retention.Surroundings(
                this::judged,
                kept,
                refused -> LOG.warn("Deletions are tried again later: {}", refused.getMessage()),
                clock)));
  }

  /** What no check asks for any more, and no index. */
  private EffectiveTime judged() {
    return indexing.unfinished().isPresent()
        ? EffectiveTime.MIN
        : runner.coverage().stream()
            .filter(it -> !it.check().equals(CanaryDefinitions.CHECK))
            .map(Coverage::upTo)
            .reduce(EffectiveTime.MAX, EffectiveTime::min);
  }
}
