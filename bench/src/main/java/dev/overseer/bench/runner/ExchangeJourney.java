package dev.overseer.bench.runner;

import dev.overseer.bench.process.Directories;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.model.TransactionId;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.ErringChecks;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.violations.JournalVerdictRecorder;
import dev.overseer.runner.violations.StormRule;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.server.CallingThreads;
import dev.overseer.server.Overseer;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.server.stages.CheckpointThread;
import dev.overseer.server.stages.GroupCommit;
import dev.overseer.server.stages.IndexLead;
import dev.overseer.server.stages.Journey;
import dev.overseer.server.stages.Vitals;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import dev.overseer.store.keyvalue.WriteBehindStore;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Everything from the update log to the verdicts in the journal, wired as the server does it and on
 * the threads that it gives each stage; whoever appends is the source. All sizes are the server's
 * defaults.
 */
final class ExchangeJourney implements AutoCloseable {
  private static final long PAUSE_NANOS = 200_000;
  private static final Incarnation INCARNATION = new Incarnation("bench", 1);

  private static final int LSN_STEP = 256;

  private final InstantSource clock = InstantSource.system();
  private final Path directory;
  private final long originMicros;
  private final Vitals vitals = new Vitals();
  private final Journey journey = new Journey(vitals, clock);
  private final SegmentedLog<LogRecord> updates;
  private final FollowedLog followed;
  private final SegmentedLog<JournalEntry> journal;
  private final OrderedStore agenda;
  private final KeyValueUpdateIndex index;
  private final Indexer indexer;
  private final CheckName first;
  private final TimedRecorder recorder;
  private final Runner runner;
  private final CallingThreads threads = new CallingThreads();
  private final CheckpointThread checkpoints = new CheckpointThread();
  private final Exchange exchange = new Exchange();
  private final Tail payments;
  private final Tail ledger;
  private volatile boolean isPacking;
  private volatile long packedNanos = System.nanoTime();

  /** Where one database's tailing is. */
  private static final class Tail {
    final SourceName source;
    final LogOffset schema;
    long transactions;

    Tail(SourceName source, LogOffset schema) {
      this.source = source;
      this.schema = schema;
    }
  }

  /**
   * @param originMicros the effective time at which the traffic begins
   * @param checks the first is waited for, and written down
   * @param timed the verdicts whose time beyond the strategy's own delay is taken
   */
  ExchangeJourney(
      Path directory, long originMicros, LoadedChecks checks, Predicate<Verdict> timed) {
    this.directory = directory;
    this.originMicros = originMicros;
    Definitions definitions = Exchange.definitions();
    Formats formats = Formats.standard();
    updates =
        SegmentedLog.open(
            directory.resolve("updates"),
            new UpdateLogCodec(),
            log("updates", Overseer.UPDATES_CACHE_BYTES));
    followed = new FollowedLog(updates);
    journal =
        SegmentedLog.open(
            directory.resolve("journal"),
            new JournalCodec(),
            log("journal", Overseer.JOURNAL_CACHE_BYTES));
    agenda =
        new WriteBehindStore(
            RocksStore.open(
                directory.resolve("runner"), RocksSettings.of(Durability.WRITTEN, Runner.SPACES)),
            checkpoints);
    index =
        KeyValueUpdateIndex.open(
            RocksStore.open(
                directory.resolve("index"),
                RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES)),
            definitions,
            IndexIdentity.of(updates.identity(), definitions));
    indexer =
        new Indexer(
            updates,
            index,
            definitions,
            formats::decoder,
            (_, offset, reason) -> {
              throw new IllegalStateException(offset + " is unreadable: " + reason);
            });
    payments = open(Exchange.PAYMENTS);
    ledger = open(Exchange.LEDGER);
    first = checks.definitions().getFirst().name();
    recorder = new TimedRecorder(recorder(checks), clock, timed);
    runner =
        new Runner(
            active(checks, definitions),
            new RunnerParts(
                followed,
                index,
                definitions,
                formats::decoder,
                new StoredViews(index, updates, definitions, formats, ViewLimits.DEFAULT),
                agenda,
                recorder,
                threads.ofChecks()::callsOf,
                clock),
            RunnerLimits.standard());
    journey.then("store", new GroupCommit(updates));
    journey.then("pack updates", this::pack);
    journey.then("pack journal", journal::pack);
    IndexLead lead = new IndexLead(indexer, index::consumed, System::nanoTime);
    lead.follow(runner::position);
    journey.then("index", lead);
    journey.then("run", runner);
    journey.start();
  }

  private boolean pack() {
    isPacking = true;
    isPacking = updates.pack();
    packedNanos = isPacking ? System.nanoTime() : packedNanos;
    return isPacking;
  }

  private LogSettings log(String name, long cacheBytes) {
    return LogSettings.of(name, UUID.randomUUID(), clock).withCacheBytes(cacheBytes);
  }

  private Tail open(SourceName source) {
    updates.append(new LogRecord.SourceOpened(source, "postgres", INCARNATION, 0));
    LogOffset schema = updates.append(Exchange.schema(source));
    EffectiveTime from = new EffectiveTime(originMicros);
    updates.append(new LogRecord.TableKnown(source, Exchange.tableOf(source), from));
    return new Tail(source, schema);
  }

  private JournalVerdictRecorder recorder(LoadedChecks checks) {
    Escalations escalations = new Escalations(Set.of(), List.of(), checks.definitions());
    IncidentBook incidents = new IncidentBook(journal, escalations, clock);
    ViolationBook violations =
        new ViolationBook(journal, escalations, incidents, StormRule.DEFAULT, clock);
    return new JournalVerdictRecorder(
        journal, LogOffset.ZERO, checks.names(), violations, new ErringChecks(incidents));
  }

  private static List<ActiveCheck> active(LoadedChecks checks, Definitions definitions) {
    return checks.definitions().stream().map(check -> active(check, definitions)).toList();
  }

  private static ActiveCheck active(CheckDefinition<?> check, Definitions definitions) {
    DefinitionText text =
        DefinitionText.of(
            check,
            definitions,
            Map.of(Exchange.PAYMENTS, 0L, Exchange.LEDGER, 0L),
            Map.of(Formats.PGOUTPUT, "1"));
    return new ActiveCheck(check, text.hash(), EffectiveTime.MIN);
  }

  /** Appends one transaction: its time is its commit's. */
  void append(List<ExchangeUpdate> transaction) {
    Tail tail = transaction.getFirst().what().isOfLedger() ? ledger : payments;
    LogOffset first = LogOffset.ZERO;
    for (int ordinal = 0; ordinal < transaction.size(); ordinal++) {
      ExchangeUpdate update = transaction.get(ordinal);
      LogOffset offset =
          updates.append(
              new LogRecord.Change(
                  tail.source,
                  ordinal,
                  Exchange.operation(update.what()),
                  tail.schema,
                  exchange.bytes(update)));
      first = ordinal == 0 ? offset : first;
    }
    updates.append(commit(tail, first, transaction));
  }

  private LogRecord.Commit commit(Tail tail, LogOffset first, List<ExchangeUpdate> transaction) {
    EffectiveTime time = new EffectiveTime(originMicros + transaction.getFirst().micros());
    Lsn position = new Lsn(++tail.transactions * LSN_STEP);
    return new LogRecord.Commit(
        tail.source,
        new TransactionId(INCARNATION, position),
        new Lsn(position.value() + 1),
        tail.transactions,
        first,
        transaction.size(),
        time.toInstant(),
        time,
        LogRecord.TimeBasis.COMMIT_TIME);
  }

  /** Nothing more comes before this time, so that everything that was due by then is judged. */
  void end(long micros) {
    EffectiveTime watermark = new EffectiveTime(originMicros + micros);
    for (Tail tail : List.of(payments, ledger)) {
      Lsn position = new Lsn((tail.transactions + 1) * LSN_STEP);
      updates.append(new LogRecord.Mark(tail.source, watermark, position));
    }
  }

  /** How many records the log has that the runner has not come to yet. */
  long ahead() {
    return updates.appended().value() - followed.read();
  }

  /**
   * Waits until the first check is covered up to a time, and all that is sealed is packed.
   *
   * @return when that was so, as {@link System#nanoTime} tells it
   */
  long awaitRest(long micros) {
    EffectiveTime until = new EffectiveTime(originMicros + micros);
    while (runner.coverage().getFirst().upTo().isBefore(until) || isPacking) {
      requireGood();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return Math.max(recorder.durableNanos(), packedNanos);
  }

  void requireGood() {
    if (!vitals.areGood()) {
      throw new IllegalStateException("A stage failed: " + vitals.failures());
    }
  }

  TimedRecorder recorder() {
    return recorder;
  }

  /** The first check's verdicts in the journal, after everything was judged. */
  void writeVerdicts(Path file) {
    try (VerdictFile out = new VerdictFile(file, originMicros);
        LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        reader
            .record()
            .wholeVerdicts()
            .filter(verdict -> verdict.check().equals(first))
            .forEach(out::add);
      }
    }
  }

  long bytesOf(String part) {
    return Directories.bytes(directory.resolve(part));
  }

  @Override
  public void close() {
    journey.close();
    runner.close();
    threads.close();
    indexer.close();
    index.close();
    agenda.close();
    checkpoints.close();
    journal.close();
    updates.close();
  }
}
