package dev.overseer.server.sources;

import dev.overseer.ingestion.Ingestion;
import dev.overseer.ingestion.IngestionSettings;
import dev.overseer.ingestion.Probing;
import dev.overseer.ingestion.RowReading;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.SourceStatus;
import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.model.TableName;
import dev.overseer.model.Tokens;
import dev.overseer.server.configuration.ByteSize;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.AppendLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One configured Postgres database: its ingestion, and the probing of its clock. */
public final class TailedSource implements SourceIncidents.Watched, AutoCloseable {
  private final SourceSettings settings;
  private final Ingestion ingestion;
  private final Probing probing;
  private final RowReading reading;

  /**
   * @param definitions whose models say what tells its records apart
   * @param progress what the update log holds of it already
   * @param spools a directory of this source's alone
   * @param tokens what is stored in place of treated values
   * @param databases shared with the other sources, none of which may be the same database
   */
  public TailedSource(
      SourceSettings settings,
      Definitions definitions,
      AppendLog<LogRecord> log,
      Optional<SourceProgress> progress,
      Path spools,
      Tokens tokens,
      PhysicalDatabases databases,
      InstantSource clock,
      Consumer<SourceTrouble> troubles) {
    SourceDefinition definition = definition(settings, definitions);
    PostgresAccess access = new PostgresAccess(definition, settings, tokens, databases);
    this.settings = settings;
    this.ingestion =
        new Ingestion(definition, access.upstream(spools, clock), log, progress, clock, troubles);
    this.probing = new Probing(access.clock(), ingestion, definition.settings(), clock);
    this.reading = new RowReading(access.rows(), ingestion, definition.settings(), clock);
  }

  @Override
  public SourceName name() {
    return settings.name();
  }

  public List<TableName> tables() {
    return settings.tables();
  }

  /** Reads the database's log into ours. */
  public Stage tailing() {
    return ingestion;
  }

  /** Reads the database's clock, which lets an idle source be heard of. */
  public Stage probing() {
    return probing;
  }

  /** Reads the rows that existed before we came, where they are not known. */
  public Stage reading() {
    return reading;
  }

  @Override
  public SourceStatus status() {
    return ingestion.status();
  }

  @Override
  public Duration staleAfter() {
    return settings.staleAfter();
  }

  @Override
  public long retainedWarningBytes() {
    return settings.retainedWarning().bytes();
  }

  /** After its stages' threads have ended. */
  @Override
  public void close() {
    probing.close();
    reading.close();
    ingestion.close();
  }

  static SourceDefinition definition(SourceSettings settings, Definitions definitions) {
    Map<TableName, List<String>> keys = new HashMap<>();
    for (ModelDefinition model : definitions.models()) {
      if (model.source().equals(settings.name())) {
        keys.put(model.table(), model.key());
      }
    }
    return new SourceDefinition(
        settings.name(),
        Set.copyOf(settings.tables()),
        keys,
        tailing(settings),
        settings.treated());
  }

  private static IngestionSettings tailing(SourceSettings settings) {
    IngestionSettings defaults = IngestionSettings.DEFAULT;
    return new IngestionSettings(
        settings.clockOffset(),
        settings.commitSlack(),
        defaults.probeEvery(),
        defaults.confirmEvery(),
        settings.jumpMax(),
        defaults.silenceMax(),
        defaults.retryMin(),
        defaults.retryMax(),
        settings.rowsPerSecond(),
        settings.retainedMax().map(ByteSize::bytes).orElse(Long.MAX_VALUE),
        settings.heartbeat());
  }
}
