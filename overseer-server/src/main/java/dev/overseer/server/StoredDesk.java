package dev.overseer.server;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.runner.Runner;
import dev.overseer.runner.projection.Projection;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.Backtests;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.Erasure;
import dev.overseer.server.desk.ErasureRequest;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Page;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.Readiness;
import dev.overseer.server.desk.SourceStatus;
import dev.overseer.server.desk.ViolationDetail;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.server.reading.Readings;
import dev.overseer.store.index.KnownInterval;
import dev.overseer.store.index.ProgressFile;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The desk of a directory whose server does not run: what it left, and nothing can be done. Belongs
 * to one thread.
 */
final class StoredDesk implements Desk, AutoCloseable {
  private static final String STOPPED = "stopped";

  private final DataDirectory directory;
  private final Projection projection;
  private final ProjectedRows rows;
  private final Optional<Configuration> configuration;
  private final InstantSource clock = InstantSource.system();
  private final Resources resources = new Resources();
  private @Nullable StoredReadings readings;

  /** Fails with {@link InvalidRequest} when the directory is not one of Overseer's. */
  static StoredDesk open(DataDirectory directory) {
    return open(directory, Optional.empty());
  }

  /**
   * The same.
   *
   * @param configuration of the server, without which no records and views can be read
   */
  static StoredDesk open(DataDirectory directory, Optional<Configuration> configuration) {
    if (!Files.exists(directory.projections())) {
      throw new InvalidRequest(
          "No Overseer has run on %s yet: name its directory with --data-dir or --config"
              .formatted(directory.path().toAbsolutePath()));
    }
    return new StoredDesk(directory, configuration);
  }

  private StoredDesk(DataDirectory directory, Optional<Configuration> configuration) {
    this.directory = directory;
    this.configuration = configuration;
    this.projection = Projection.open(directory.projections());
    this.rows = new ProjectedRows(projection);
  }

  @Override
  public Page<ViolationSummary> violations(Query query) {
    return rows.violations(query);
  }

  @Override
  public Optional<ViolationDetail> violation(String id) {
    return rows.violation(id);
  }

  @Override
  public ViolationDetail act(String violation, ActionRequest action) {
    throw noServer();
  }

  @Override
  public CheckStatus steer(String check, CheckRequest request) {
    throw noServer();
  }

  @Override
  public Erasure erase(ErasureRequest request) {
    throw noServer();
  }

  private InvalidRequest noServer() {
    return new InvalidRequest(
        "No server runs on %s, and only a server records what people do: start one with overseer run"
            .formatted(directory.path().toAbsolutePath()));
  }

  @Override
  public Page<IncidentSummary> incidents(Query query) {
    return rows.incidents(query);
  }

  @Override
  public List<SourceStatus> sources() {
    return new ProgressFile(directory.path())
        .find().stream()
            .flatMap(point -> point.sources().values().stream())
            .filter(source -> !source.source().equals(CanaryDefinitions.SOURCE))
            .sorted(Comparator.comparing(SourceProgress::source))
            .map(this::status)
            .toList();
  }

  @Override
  public List<CheckStatus> checks() {
    RocksSettings settings = RocksSettings.of(Durability.FLUSHED, Runner.SPACES);
    try (RocksStore store = RocksStore.openReadOnly(directory.runner(), settings)) {
      return rows.checks(Runner.coverage(store), List.of(), clock.instant());
    }
  }

  @Override
  public Readiness readiness() {
    return Readiness.of(List.of("no server runs on " + directory.path()));
  }

  /** Opened when they are first asked for. */
  @Override
  public Readings readings() {
    StoredReadings open = readings;
    if (open == null) {
      open = StoredReadings.open(directory, configured());
      readings = open;
    }
    return open.readings();
  }

  private Configuration configured() {
    return configuration.orElseThrow(
        () ->
            new InvalidRequest(
                "No server runs on %s: name its configuration with --config, which defines models and views"
                    .formatted(directory.path().toAbsolutePath())));
  }

  /** Of the configured checks. */
  @Override
  public Backtests backtests() {
    Configuration configured = configured();
    LoadedChecks found = LoadedChecks.find(List.of(), configured.checks().directory());
    resources.keep(found);
    return resources.keep(StoredBacktests.open(directory, configured, found)).runs();
  }

  @Override
  public void close() {
    resources.close();
    if (readings != null) {
      readings.close();
    }
    projection.close();
  }

  private SourceStatus status(SourceProgress progress) {
    Optional<Instant> watermark = DeskRows.instant(progress.watermark());
    return new SourceStatus(
        progress.source().value(),
        STOPPED,
        Optional.empty(),
        watermark,
        watermark.map(it -> DeskRows.behindMillis(it, clock.instant())),
        false,
        progress.resume().map(SourcePosition::toString),
        0,
        0,
        progress.known().entrySet().stream()
            .filter(table -> table.getValue().stream().noneMatch(KnownInterval::isOpen))
            .map(Map.Entry::getKey)
            .sorted()
            .map(TableName::toString)
            .toList(),
        Optional.empty(),
        Optional.empty());
  }
}
