package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.CheckModule;
import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Tokens;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.runner.escalation.Deliverer;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.escalation.Outbox;
import dev.overseer.runner.incidents.ErringChecks;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.incidents.SuspendedChecks;
import dev.overseer.runner.journal.ActivationBook;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.journal.ModeBook;
import dev.overseer.runner.projection.Projection;
import dev.overseer.runner.projection.Projector;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.runner.violations.JournalVerdictRecorder;
import dev.overseer.runner.violations.StormRule;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.runner.violations.Waking;
import dev.overseer.server.backtests.BacktestRuns;
import dev.overseer.server.backtests.Backtesting;
import dev.overseer.server.backtests.Courtesy;
import dev.overseer.server.canary.Canary;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.clock.ClockWatch;
import dev.overseer.server.clock.SteadyClock;
import dev.overseer.server.configuration.CheckStart;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.PersonalDataSettings;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.server.configuration.StorageSettings;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.heartbeat.Heartbeat;
import dev.overseer.server.heartbeat.HeartbeatLog;
import dev.overseer.server.http.HttpServer;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.server.metrics.CanaryMetrics;
import dev.overseer.server.metrics.Metrics;
import dev.overseer.server.metrics.RunnerMetrics;
import dev.overseer.server.reading.LogReadings;
import dev.overseer.server.sources.PhysicalDatabases;
import dev.overseer.server.sources.SourceIncidents;
import dev.overseer.server.sources.TailedSource;
import dev.overseer.server.stages.CheckpointThread;
import dev.overseer.server.stages.GroupCommit;
import dev.overseer.server.stages.IndexLead;
import dev.overseer.server.stages.Journey;
import dev.overseer.server.stages.Vitals;
import dev.overseer.server.storage.DiskWatch;
import dev.overseer.server.storage.Disks;
import dev.overseer.store.archive.Erasing;
import dev.overseer.store.index.IndexDirectory;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.index.ProgressFile;
import dev.overseer.store.index.ProgressPoint;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.keys.KeyedHash;
import dev.overseer.store.keys.MasterKey;
import dev.overseer.store.keys.PersonalTokens;
import dev.overseer.store.keys.SubjectKeys;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import dev.overseer.store.keyvalue.WriteBehindStore;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.RecordCodec;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.views.StoredViews;
import dev.overseer.views.Totalling;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root, and the first file to read: how one update travels from a database's
 * write-ahead log to the person who hears that something is wrong. Everything is made here, by
 * plain constructors; each numbered step is a stage that the {@link Journey} gives a thread.
 * ARCHITECTURE.md tells the same in words, and the examples' {@code JourneyTest} steps it by hand.
 *
 * <p>Started by {@link #start}, it runs until it is closed: then the sources stop first, and what
 * they brought is stored and judged as far as it can be. What is not goes on after the next start.
 */
public final class Overseer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Overseer.class);

  /** When the index is so far behind the log, backtests wait. */
  private static final long BEHIND_RECORDS = 10_000;

  /**
   * How much of the update log stays in memory. Updates are judged a second or more after they
   * came: by then some 100,000 others have.
   */
  public static final long UPDATES_CACHE_BYTES = 96 << 20;

  /** How much of the journal stays in memory, for those who follow it. */
  public static final long JOURNAL_CACHE_BYTES = 16 << 20;

  private final SteadyClock clock;
  private final Resources resources;
  private final Vitals vitals = new Vitals();
  private final DataDirectory directory;
  private final AppendLog<LogRecord> updateLog;
  private final AppendLog<JournalEntry> journal;
  private final Desk desk;
  private final HttpServer http;

  /** Watches what the configuration says by these checks alone. */
  public static Overseer start(Configuration configuration, List<CheckModule> checks) {
    return start(configuration, LoadedChecks.of(checks));
  }

  /**
   * Watches what the configuration says.
   *
   * @throws dev.overseer.model.InvalidRequest when the checks do not fit it, with every mismatch;
   *     when another process has the data directory, or the address
   * @throws dev.overseer.model.Unavailable when storage refuses
   */
  public static Overseer start(Configuration configuration, LoadedChecks checks) {
    return start(configuration, checks, Optional.empty(), SteadyClock.ofSystem());
  }

  /** The same after a time without a server, while storage refused. */
  static Overseer start(
      Configuration configuration,
      LoadedChecks checks,
      Optional<Interim> before,
      SteadyClock clock) {
    CheckFitting.require(checks, configuration);
    Resources resources = new Resources();
    try {
      return new Overseer(configuration, checks, before, clock, resources);
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
  }

  private Overseer(
      Configuration configuration,
      LoadedChecks checks,
      Optional<Interim> before,
      SteadyClock clock,
      Resources resources) {
    this.clock = clock;
    this.resources = resources;
    Definitions definitions = configuration.watched();
    WatchedChecks judged = WatchedChecks.of(checks, configuration);
    directory = new DataDirectory(configuration.dataDirectory());
    resources.keep(directory.lock());
    Journey journey = new Journey(vitals, clock);

    // What is stored: two logs, which are the truth. All else is derived from them.
    Optional<LogArchives> archives = LogArchives.of(configuration.storage());
    archives.ifPresent(resources::keep);
    SegmentedLog<LogRecord> updates =
        log(
            directory.updates(),
            DataDirectory.UPDATES,
            UPDATES_CACHE_BYTES,
            new UpdateLogCodec(),
            configuration,
            archives);
    SegmentedLog<JournalEntry> decisions =
        log(
            directory.journal(),
            DataDirectory.JOURNAL,
            JOURNAL_CACHE_BYTES,
            new JournalCodec(),
            configuration,
            archives);
    updateLog = updates;
    journal = decisions;

    // What personal values are stored as, and the keys without which they cannot be read.
    Optional<PersonalKeys> personal =
        keys(configuration.personalData(), archives).map(resources::keep);
    Optional<SubjectKeys> keys = personal.map(PersonalKeys::onDisk);
    Tokens tokens = tokens(configuration.personalData(), keys);
    Formats formats =
        Formats.standard(token -> keys.filter(them -> them.isErased(token)).isPresent());
    RocksStore agenda =
        resources.keep(
            RocksStore.open(
                directory.runner(), RocksSettings.of(Durability.WRITTEN, Runner.SPACES)));

    // What the journal says of violations, incidents and who was told, as they stand.
    Channels channels =
        resources.keep(new Channels(configuration.escalation(), InstantSource.system()));
    ModeBook modes = new ModeBook(journal, clock);
    Escalations escalations =
        new Escalations(
            channels.names(),
            configuration.escalation().defaults(),
            judged.definitions(),
            modes::isTold);
    IncidentBook incidents = new IncidentBook(journal, escalations, clock);
    ViolationBook violations =
        new ViolationBook(journal, escalations, incidents, StormRule.DEFAULT, clock);
    ActivationBook activations = new ActivationBook(journal, clock);
    SweepBook sweeps =
        new SweepBook(journal, _ -> configuration.checks().sweeps().recordsPerSecond(), clock);
    Troubles troubles = new Troubles(incidents);
    Optional<Erasing> erasing =
        personal.map(them -> new Erasing(them.onDisk(), them.archive(), journal, troubles, clock));
    ErasureBook erasures = new ErasureBook(journal, keys, erasing, clock);
    Outbox outbox = new Outbox();
    DeletionBook deletions = new DeletionBook(decisions, archives.isPresent(), clock);
    List<JournalFold> folds =
        List.of(violations, incidents, activations, modes, sweeps, erasures, deletions, outbox);
    LogOffset replayed = JournalReplay.replay(journal, folds);
    before.ifPresent(interim -> interim.carryInto(journal, incidents));
    JournalReplay.replay(journal, replayed, folds);
    checks.names().forEach(name -> modes.configure(name, configuration.checks().mode(name)));

    // Where the sources are comes from the log's end; the index may still have a long way to go.
    ProgressFile kept = new ProgressFile(directory.path());
    ProgressPoint start =
        kept.find(updateLog.identity(), updateLog.end())
            .orElse(ProgressPoint.BEGINNING)
            .atEnd(updateLog, definitions, formats::decoder);
    IndexIdentity identity = IndexIdentity.of(updateLog.identity(), definitions);
    KeyValueUpdateIndex index = resources.keep(index(definitions, identity, troubles));
    IndexBuilding indexing =
        resources.keep(
            new IndexBuilding(
                new Indexer(
                    updateLog,
                    index,
                    definitions,
                    formats::decoder,
                    troubles::unreadable,
                    start.horizons(),
                    new Totalling(index, updateLog, definitions, formats)),
                index,
                updateLog,
                start,
                kept,
                () -> {
                  IndexDirectory.removeOthers(directory.index(), identity);
                  troubles.indexWhole(directory.index());
                },
                clock));

    // 1 Tail and 2 decode: a source reads one database's log, and makes changes of its bytes.
    List<TailedSource> sources = new ArrayList<>();
    SourceIncidents sourceIncidents = new SourceIncidents(incidents, clock);
    PhysicalDatabases databases = new PhysicalDatabases();
    for (SourceSettings settings : configuration.sources()) {
      TailedSource source =
          resources.keep(
              new TailedSource(
                  settings,
                  definitions,
                  updateLog,
                  Optional.ofNullable(start.sources().get(settings.name())),
                  directory.spools(settings.name()),
                  tokens,
                  databases,
                  clock,
                  sourceIncidents::raise));
      sources.add(source);
      sourceIncidents.watch(source);
      journey.receive("tail " + source.name(), source.tailing());
      journey.ask("probe " + source.name(), source.probing());
      journey.receive("read " + source.name(), source.reading());
    }
    journey.bringIn("watch sources", sourceIncidents);
    Disks disks = Interim.disks(configuration);
    DiskWatch diskWatch = new DiskWatch(disks, updates, incidents, clock);
    diskWatch.step();
    journey.bringIn("watch disks", diskWatch);
    journey.bringIn("watch the clock", new ClockWatch(clock, updates, incidents, vitals::outdated));

    // 3 Store: what all sources appended becomes durable together, and may then be confirmed.
    journey.then("store", new GroupCommit(updateLog));
    journey.then("pack updates", updates::pack);
    journey.then("pack journal", decisions::pack);
    archives.ifPresent(
        them -> {
          journey.then(
              "archive updates",
              them.archiving(updates, personal.flatMap(PersonalKeys::archive), troubles, clock));
          journey.then("archive journal", them.archiving(decisions, updates, troubles, clock));
        });
    erasing.ifPresent(stage -> journey.then("erase", stage));

    // 4 Index: records' updates, and who refers to whom. What follows waits until it is whole.
    IndexLead lead = new IndexLead(indexing, index::consumed, System::nanoTime);
    journey.then("index", lead);

    journey.bringIn(
        "fit checks",
        new ColumnFitting(
            checks.definitions(), definitions, indexing, updateLog, formats, incidents, clock));

    // 5 Notify: there is no second queue; the runner follows the log from its own offset.
    // 6 Select, 7 schedule: which checks, for which roots, at which cuts.
    // 8 Translate: the view at a cut, bound to the check's type.
    // 9 Execute: the check judges it, and the verdict is put on record in the journal.
    StoredViews views =
        new StoredViews(index, updateLog, definitions, formats, configuration.limits());
    JournalVerdictRecorder recorder =
        new JournalVerdictRecorder(
            journal,
            Runner.journalEnd(agenda),
            judged.names(),
            violations,
            new ErringChecks(incidents),
            sweeps::judged);
    Metrics metrics = resources.keep(new Metrics());
    RunnerMetrics measured = new RunnerMetrics(metrics);
    CallingThreads threads = resources.keep(new CallingThreads());
    CheckpointThread checkpoints = resources.keep(new CheckpointThread());
    OrderedStore behind =
        resources.keep(new WriteBehindStore(measured.measured(agenda), checkpoints));
    Runner runner =
        resources.keep(
            new Runner(
                activate(configuration, judged, measured, activations, sweeps, start),
                new RunnerParts(
                    updateLog,
                    index,
                    definitions,
                    formats::decoder,
                    views,
                    behind,
                    recorder,
                    threads.ofChecks()::callsOf,
                    new SuspendedChecks(incidents, modes::isPaused, sweeps),
                    clock),
                RunnerLimits.standard()));
    journey.then("run", measured.measured(runner));
    lead.follow(runner::position);
    journey.bringIn("await activations", new SafeActivations(updates, decisions));

    // What sources are configured not to keep goes, once nothing asks for it any more.
    new Retaining(
            updates, index, indexing, runner, archives.map(it -> it.segments(updates)), deletions)
        .stage(configuration.sources(), definitions, formats, directory.retention(), clock)
        .ifPresent(stage -> journey.then("retain", stage));

    // 10 Escalate: what the verdicts opened, changed or healed is told, and shown.
    violations.retireAllBut(judged.names());
    troubles.retireAllBut(configuration.sources(), judged.names());
    Deliverer deliverer =
        resources.keep(new Deliverer(journal, outbox, channels.all(), clock, troubles));
    Projector projector = resources.keep(new Projector(directory.projections(), journal));
    journey.bringIn("wake", new Waking(violations, incidents));
    journey.bringIn("escalate", deliverer);
    journey.then("project", projector);

    // What people see of it.
    Projection projection = resources.keep(Projection.open(directory.projections()));
    ProjectedRows rows = new ProjectedRows(projection);
    desk =
        new LiveDesk(
            rows,
            sources,
            sourceIncidents,
            indexing,
            new CheckSteering(runner, modes, sweeps, rows, clock),
            violations,
            erasures,
            vitals,
            updates,
            new LogReadings(
                index,
                updateLog,
                configuration.definitions(),
                formats,
                configuration.limits(),
                configuration.messages(),
                indexing::unfinished,
                clock),
            backtests(configuration, checks, activations, index, formats, threads),
            clock);
    Measuring measuring = resources.keep(new Measuring(metrics, journal, clock));
    measuring.logs(updateLog, index, journal);
    measuring.indexing(indexing);
    archives.ifPresent(_ -> measuring.archive(updates, decisions));
    personal.flatMap(PersonalKeys::archive).ifPresent(measuring::keys);
    measuring.stages(vitals);
    measuring.intake(disks, updates);
    sources.forEach(measuring::source);
    measuring.checks(checks.definitions(), runner, violations, incidents);
    measuring.modes(checks.names(), runner, modes);
    measuring.sweeps(checks.names(), sweeps);
    configuration
        .canary()
        .map(
            every ->
                new Canary(
                    every,
                    updateLog,
                    Optional.ofNullable(start.sources().get(CanaryDefinitions.SOURCE)),
                    incidents,
                    CanaryMetrics.detections(metrics),
                    clock))
        .ifPresent(
            canary -> {
              measuring.canary(canary);
              journey.bringIn("canary", canary);
            });
    journey.bringIn("measure", measuring);

    // Who is told while all is well hears it when this falls silent.
    Wellbeing wellbeing =
        new Wellbeing(desk::readiness, runner::coverage, checks.definitions(), incidents, clock);
    measuring.wellbeing(wellbeing);
    HeartbeatLog posts = new HeartbeatLog();
    configuration
        .escalation()
        .heartbeat()
        .map(it -> new Heartbeat(it, wellbeing, channels.client(), clock, posts))
        .map(resources::keep)
        .ifPresent(
            heartbeat -> {
              measuring.heartbeat(posts);
              journey.bringIn("heartbeat", heartbeat);
            });

    journey.start();
    resources.keep(journey);
    http =
        resources.keep(
            HttpServer.start(configuration.http(), desk, vitals::areGood, metrics::scrape));
    resources.keep(Announcement.of(http, configuration));
  }

  /** For people and tests: the same that HTTP serves. */
  public Desk desk() {
    return desk;
  }

  /** Everything received, readable while it grows; a replay reads it from the first offset. */
  public ReadableLog<LogRecord> updateLog() {
    return updateLog;
  }

  /**
   * Everything decided, readable while it grows: whoever wants to hear of violations follows it.
   */
  public ReadableLog<JournalEntry> journal() {
    return journal;
  }

  /** Where HTTP is served. */
  public String url() {
    return http.url();
  }

  public Vitals vitals() {
    return vitals;
  }

  @Override
  public void close() {
    resources.close();
  }

  private <R> SegmentedLog<R> log(
      Path directory,
      String name,
      long cacheBytes,
      RecordCodec<R> codec,
      Configuration configuration,
      Optional<LogArchives> archives) {
    StorageSettings storage = configuration.storage();
    LogSettings settings =
        LogSettings.of(name, UUID.randomUUID(), clock)
            .withSegmentBytes(storage.segmentSize().bytes())
            .withCacheBytes(cacheBytes)
            .withRemote(archives.map(them -> them.remote(name)).orElse(RemoteSegments.NONE))
            .withSafety(
                switch (storage.durability()) {
                  case LOCAL -> Safety.DISK;
                  case OBJECT_STORE -> Safety.ARCHIVE;
                });
    Supplier<SegmentedLog<R>> opening = () -> SegmentedLog.open(directory, codec, settings);
    SegmentedLog<R> log =
        resources.keep(
            archives.map(them -> them.open(name, directory, opening)).orElseGet(opening));
    log.cut().ifPresent(torn -> LOG.warn("Cut what a crash had torn: {}", torn));
    return log;
  }

  /** The secrets of personal values are read here, and nowhere else. */
  private static Tokens tokens(PersonalDataSettings settings, Optional<SubjectKeys> keys) {
    return new PersonalTokens(
        settings.hashKey().map(key -> KeyedHash.of("personalData.hashKey", key.reveal(), "hash")),
        keys);
  }

  private Optional<PersonalKeys> keys(
      PersonalDataSettings settings, Optional<LogArchives> archives) {
    SecureRandom random = new SecureRandom();
    Path file = directory.keys();
    return settings
        .masterKey()
        .map(key -> MasterKey.of("personalData.masterKey", key.reveal()))
        .map(
            master ->
                archives
                    .map(them -> them.openKeys(file, master, random))
                    .orElseGet(() -> PersonalKeys.open(file, master, random)));
  }

  private KeyValueUpdateIndex index(
      Definitions definitions, IndexIdentity identity, Troubles troubles) {
    return IndexDirectory.open(
        directory.index(),
        RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
        definitions,
        identity,
        updateLog.end(),
        reason -> troubles.indexDamaged(directory.index(), reason));
  }

  /** One at a time, on one thread, which lets all stages go first. */
  private BacktestRuns backtests(
      Configuration configuration,
      LoadedChecks checks,
      ActivationBook activations,
      KeyValueUpdateIndex index,
      Formats formats,
      CallingThreads calls) {
    CheckTexts texts = new CheckTexts(configuration);
    Definitions definitions = configuration.watched();
    Courtesy courtesy =
        new Courtesy(
            () -> updateLog.end().value() - index.consumed().value() > BEHIND_RECORDS,
            System::nanoTime);
    return resources.keep(
        new BacktestRuns(
            new Backtesting(
                checks.definitions(),
                check -> texts.of(check).hash(),
                check -> activations.find(check).map(JournalEntry.Activated::from),
                new BacktestParts(
                    updateLog,
                    index,
                    definitions,
                    formats::decoder,
                    (ofIndex, ofLog) ->
                        new StoredViews(
                            ofIndex, ofLog, definitions, formats, configuration.limits()),
                    calls.ofChecks()::awaitedCallsOf,
                    clock),
                BacktestLimits.small(),
                new Workers(
                    1,
                    Optional.empty(),
                    ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
                    courtesy),
                journal),
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("backtest").factory())));
  }

  private static EffectiveTime from(CheckStart start, EffectiveTime now) {
    return switch (start) {
      case CheckStart.Now() -> now;
      case CheckStart.Beginning() -> EffectiveTime.MIN;
      case CheckStart.At(Instant time) -> EffectiveTime.of(time);
    };
  }

  /**
   * The checks under their definitions: a changed one applies from now on, one that was never
   * active from when it is configured to.
   */
  private static List<ActiveCheck> activate(
      Configuration configuration,
      WatchedChecks checks,
      RunnerMetrics measured,
      ActivationBook activations,
      SweepBook sweeps,
      ProgressPoint start) {
    CheckTexts texts = new CheckTexts(configuration);
    EffectiveTime now =
        start.sources().values().stream()
            .filter(source -> !source.source().equals(CanaryDefinitions.SOURCE))
            .map(SourceProgress::watermark)
            .reduce(EffectiveTime.MIN, EffectiveTime::max);
    List<ActiveCheck> active = new ArrayList<>();
    for (CheckDefinition<?> check : checks.definitions()) {
      DefinitionText text = texts.of(check);
      EffectiveTime from =
          activations.find(check.name()).isPresent()
              ? now
              : from(configuration.checks().startOf(check.name()), now);
      JournalEntry.Activated activated =
          activations.activate(
              check.name(), text.hash(), from(check, from, start), text.toString());
      sweeps.activated(
          activated,
          !check.name().equals(CanaryDefinitions.CHECK)
              && configuration.checks().sweeps().sweepsChanged(check.name()));
      active.add(
          new ActiveCheck(measured.measured(check), activated.definition(), activated.from()));
    }
    return active;
  }

  /** The canary's time is ours, whatever the sources' clocks show. */
  private static EffectiveTime from(
      CheckDefinition<?> check, EffectiveTime ofOthers, ProgressPoint start) {
    return check.name().equals(CanaryDefinitions.CHECK)
        ? Optional.ofNullable(start.sources().get(CanaryDefinitions.SOURCE))
            .map(SourceProgress::watermark)
            .orElse(EffectiveTime.MIN)
        : ofOthers;
  }
}
