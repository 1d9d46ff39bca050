package dev.overseer.bench.payouts;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.formats.Formats;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.TransactionId;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.ErringChecks;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.incidents.SuspendedChecks;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.runner.violations.JournalVerdictRecorder;
import dev.overseer.runner.violations.StormRule;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.server.CallingThreads;
import dev.overseer.server.Overseer;
import dev.overseer.server.stages.CheckpointThread;
import dev.overseer.server.stages.GroupCommit;
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
import dev.overseer.store.log.RecordCodec;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;

/** The journey of payouts from the update log to the journal, on the threads of the server. */
public final class PayoutsJourney implements AutoCloseable {
  /** The most that can be configured. */
  private static final int RECORDS_PER_SECOND = 2000;

  private static final Incarnation INCARNATION = new Incarnation("bench", 1);

  private final Vitals vitals = new Vitals();
  private final Journey stages = new Journey(vitals, InstantSource.system());
  private final CallingThreads threads = new CallingThreads();
  private final CheckpointThread checkpoints = new CheckpointThread();
  private final SegmentedLog<LogRecord> log;
  private final SegmentedLog<JournalEntry> journal;
  private final SweepBook sweeps;
  private final ActiveCheck check;
  private final List<LogOffset> schemas = new ArrayList<>();
  private long position;
  private final KeyValueUpdateIndex index;
  private final Indexer indexer;
  private final OrderedStore agenda;
  private final Runner runner;

  /**
   * Goes on from what is in the directory.
   *
   * @param from triggers before this are ignored
   */
  public PayoutsJourney(Path directory, CheckDefinition<?> check, EffectiveTime from) {
    InstantSource clock = InstantSource.system();
    Formats formats = Formats.standard();
    log = open(directory, "updates", new UpdateLogCodec(), Overseer.UPDATES_CACHE_BYTES);
    journal = open(directory, "journal", new JournalCodec(), Overseer.JOURNAL_CACHE_BYTES);
    index =
        KeyValueUpdateIndex.open(
            RocksStore.open(
                directory.resolve("index"),
                RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES)),
            Payouts.DEFINITIONS,
            IndexIdentity.of(log.identity(), Payouts.DEFINITIONS));
    indexer =
        new Indexer(
            log,
            index,
            Payouts.DEFINITIONS,
            formats::decoder,
            (_, offset, reason) -> {
              throw new IllegalStateException(offset + " is unreadable: " + reason);
            });
    agenda =
        new WriteBehindStore(
            RocksStore.open(
                directory.resolve("runner"), RocksSettings.of(Durability.WRITTEN, Runner.SPACES)),
            checkpoints);
    this.check = new ActiveCheck(check, definition(check), from);
    Escalations escalations = new Escalations(List.of(), List.of(), List.of(check));
    IncidentBook incidents = new IncidentBook(journal, escalations, clock);
    ViolationBook violations =
        new ViolationBook(journal, escalations, incidents, StormRule.DEFAULT, clock);
    sweeps = new SweepBook(journal, _ -> RECORDS_PER_SECOND, clock);
    JournalReplay.replay(journal, List.of(violations, incidents, sweeps));
    runner =
        new Runner(
            List.of(this.check),
            new RunnerParts(
                log,
                index,
                Payouts.DEFINITIONS,
                formats::decoder,
                new StoredViews(index, log, Payouts.DEFINITIONS, formats, ViewLimits.DEFAULT),
                agenda,
                new JournalVerdictRecorder(
                    journal,
                    Runner.journalEnd(agenda),
                    Set.of(check.name()),
                    violations,
                    new ErringChecks(incidents),
                    sweeps::judged),
                threads.ofChecks()::callsOf,
                new SuspendedChecks(incidents, _ -> false, sweeps),
                clock),
            RunnerLimits.standard());
    stages.then("store", new GroupCommit(log));
    stages.then("pack updates", log::pack);
    stages.then("pack journal", journal::pack);
    stages.then("index", indexer);
    stages.then("run", runner);
    stages.start();
  }

  private static <R> SegmentedLog<R> open(
      Path directory, String name, RecordCodec<R> codec, long cacheBytes) {
    return SegmentedLog.open(
        directory.resolve(name),
        codec,
        LogSettings.of(name, UUID.randomUUID(), InstantSource.system()).withCacheBytes(cacheBytes));
  }

  private static DefinitionHash definition(CheckDefinition<?> check) {
    return DefinitionText.of(check, Payouts.DEFINITIONS, Map.of(), Map.of(Formats.PGOUTPUT, "1"))
        .hash();
  }

  /** Before anything is appended to an empty log. */
  public void begin() {
    log.append(new LogRecord.SourceOpened(Payouts.SOURCE, "postgres", INCARNATION, 0));
    for (LogRecord.Schema schema : Payouts.schemas()) {
      schemas.add(log.append(schema));
      log.append(new LogRecord.TableKnown(Payouts.SOURCE, schema.table(), EffectiveTime.MIN));
    }
  }

  /** A hundred payouts, those of this number. */
  public void appendPayouts(long transaction, EffectiveTime time) {
    append(transaction, time, Operation.INSERT, schemas.getFirst(), Payouts::payout);
  }

  /** The same ones again, with nothing changed. */
  public void updatePayouts(long transaction, EffectiveTime time) {
    append(transaction, time, Operation.UPDATE, schemas.getFirst(), Payouts::payoutAgain);
  }

  /** Their receipts. */
  public void appendReceipts(long transaction, EffectiveTime time) {
    append(transaction, time, Operation.INSERT, schemas.getLast(), Payouts::receipt);
  }

  private void append(
      long transaction,
      EffectiveTime time,
      Operation operation,
      LogOffset schema,
      LongFunction<byte[]> row) {
    LogOffset first = LogOffset.ZERO;
    for (int i = 0; i < Payouts.PER_TRANSACTION; i++) {
      byte[] bytes = row.apply(transaction * Payouts.PER_TRANSACTION + i);
      LogOffset offset =
          log.append(new LogRecord.Change(Payouts.SOURCE, i, operation, schema, bytes));
      first = i == 0 ? offset : first;
    }
    Lsn committed = new Lsn(++position);
    log.append(
        new LogRecord.Commit(
            Payouts.SOURCE,
            new TransactionId(INCARNATION, committed),
            new Lsn(position + 1),
            position,
            first,
            Payouts.PER_TRANSACTION,
            time.toInstant(),
            time,
            LogRecord.TimeBasis.COMMIT_TIME));
  }

  /** The bank is heard up to there. */
  public void mark(EffectiveTime watermark) {
    log.append(new LogRecord.Mark(Payouts.SOURCE, watermark, new Lsn(position + 1)));
  }

  /** Has every payout judged that no update of its own triggers, as fast as a sweep may. */
  public void sweep() {
    Activated activated =
        new Activated(
            check.check().name(),
            check.definition(),
            check.from(),
            "",
            InstantSource.system().instant());
    sweeps.activated(activated, false);
    sweeps.begin(check.check().name(), SweepScope.UNJUDGED, "bench", "");
  }

  public SweepBook sweeps() {
    return sweeps;
  }

  /** What is put on record from now on. */
  public LogReader<JournalEntry> newEntries() {
    return journal.reader(journal.end());
  }

  public Coverage coverage() {
    requireGood();
    return runner.coverage().getFirst();
  }

  /** Whether all that was appended is durable, and indexed. */
  public boolean isCaughtUp() {
    requireGood();
    return log.end().equals(log.appended()) && index.consumed().equals(log.end());
  }

  private void requireGood() {
    if (!vitals.areGood()) {
      throw new IllegalStateException("A stage failed: " + vitals.failures());
    }
  }

  @Override
  public void close() {
    stages.close();
    runner.close();
    agenda.close();
    checkpoints.close();
    indexer.close();
    index.close();
    journal.close();
    log.close();
    threads.close();
  }
}
