package dev.overseer.bench.pending;

import dev.overseer.formats.Formats;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
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
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.violations.JournalVerdictRecorder;
import dev.overseer.runner.violations.StormRule;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.server.CallingThreads;
import dev.overseer.server.stages.GroupCommit;
import dev.overseer.server.stages.Journey;
import dev.overseer.server.stages.Vitals;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.RecordCodec;
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

/** The journey of payouts from the update log to the journal, on the threads of the server. */
final class PendingJourney implements AutoCloseable {
  private static final Incarnation INCARNATION = new Incarnation("bench", 1);

  private final Vitals vitals = new Vitals();
  private final Journey stages = new Journey(vitals, InstantSource.system());
  private final CallingThreads threads = new CallingThreads();
  final SegmentedLog<LogRecord> log;
  final SegmentedLog<JournalEntry> journal;
  private final KeyValueUpdateIndex index;
  private final Indexer indexer;
  private final Runner runner;

  /** Goes on from what is in the directory. */
  PendingJourney(Path directory) {
    InstantSource clock = InstantSource.system();
    Formats formats = Formats.standard();
    log = open(directory, "updates", new UpdateLogCodec());
    journal = open(directory, "journal", new JournalCodec());
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
    RocksStore agenda =
        RocksStore.open(
            directory.resolve("runner"), RocksSettings.of(Durability.WRITTEN, Runner.SPACES));
    ActiveCheck check = check();
    Escalations escalations = new Escalations(List.of(), List.of(), List.of(check.check()));
    IncidentBook incidents = new IncidentBook(journal, escalations, clock);
    ViolationBook violations =
        new ViolationBook(journal, escalations, incidents, StormRule.DEFAULT, clock);
    JournalReplay.replay(journal, List.of(violations, incidents));
    runner =
        new Runner(
            List.of(check),
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
                    Set.of(check.check().name()),
                    violations,
                    new ErringChecks(incidents)),
                threads.ofChecks()::callsOf,
                clock),
            RunnerLimits.standard());
    stages.then("store", new GroupCommit(log));
    stages.then("pack updates", log::pack);
    stages.then("pack journal", journal::pack);
    stages.then("index", indexer);
    stages.then("run", runner);
    stages.start();
  }

  private static <R> SegmentedLog<R> open(Path directory, String name, RecordCodec<R> codec) {
    return SegmentedLog.open(
        directory.resolve(name),
        codec,
        LogSettings.of(name, UUID.randomUUID(), InstantSource.system()));
  }

  private static ActiveCheck check() {
    DefinitionText text =
        DefinitionText.of(
            Payouts.check(), Payouts.DEFINITIONS, Map.of(), Map.of(Formats.PGOUTPUT, "1"));
    return new ActiveCheck(Payouts.check(), text.hash(), EffectiveTime.MIN);
  }

  /** Payouts from the first on, as many transactions as are wanted. */
  void fill(long transactions) {
    log.append(new LogRecord.SourceOpened(Payouts.SOURCE, "postgres", INCARNATION, 0));
    LogOffset schema = log.append(Payouts.schema());
    log.append(
        new LogRecord.TableKnown(Payouts.SOURCE, Payouts.schema().table(), EffectiveTime.MIN));
    for (long i = 0; i < transactions; i++) {
      append(i, schema);
    }
  }

  private void append(long transaction, LogOffset schema) {
    LogOffset first = LogOffset.ZERO;
    for (int i = 0; i < Payouts.PER_TRANSACTION; i++) {
      long payout = transaction * Payouts.PER_TRANSACTION + i;
      LogOffset offset = log.append(Payouts.change(payout, i, schema));
      first = i == 0 ? offset : first;
    }
    EffectiveTime time = Payouts.time(transaction);
    log.append(
        new LogRecord.Commit(
            Payouts.SOURCE,
            new TransactionId(INCARNATION, new Lsn(transaction + 1)),
            new Lsn(transaction + 2),
            transaction + 1,
            first,
            Payouts.PER_TRANSACTION,
            time.toInstant(),
            time,
            LogRecord.TimeBasis.COMMIT_TIME));
  }

  /** The bank is heard up to there. */
  void mark(EffectiveTime watermark) {
    log.append(new LogRecord.Mark(Payouts.SOURCE, watermark, new Lsn(Long.MAX_VALUE)));
  }

  Coverage coverage() {
    requireGood();
    return runner.coverage().getFirst();
  }

  /** Whether all that was appended is on the agenda, durably. */
  boolean isCaughtUp() {
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
    indexer.close();
    index.close();
    journal.close();
    log.close();
    threads.close();
  }
}
