package dev.overseer.runner;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The small exchange, an update log, its index and a runner in memory. Times are in seconds of
 * effective time; Overseer's own clock stands far beyond them.
 */
final class Stand {
  final Formats formats = Formats.standard();
  final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));
  final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
          SmallExchange.DEFINITIONS,
          IndexIdentity.of(log.identity(), SmallExchange.DEFINITIONS));
  final Indexer indexer =
      new Indexer(
          log, index, SmallExchange.DEFINITIONS, formats::decoder, (change, offset, reason) -> {});
  final HandClock clock = new HandClock(Instant.ofEpochSecond(1_000_000));
  final MemoryRecorder recorder = new MemoryRecorder();
  final PgLogWriter payments = new PgLogWriter("payments", log::append);
  final PgLogWriter ledger = new PgLogWriter("ledger", log::append);
  final PgLogWriter mail = new PgLogWriter("mail", log::append);
  MemoryStore store = new MemoryStore(Durability.WRITTEN, Runner.SPACES);
  Function<CheckDefinition<?>, CheckCalls> calls = CheckCalls::direct;
  Supervision supervision = Supervision.none();
  RunnerLimits limits = new RunnerLimits(100, 100, Duration.ZERO, 100_000, 100);
  Runner runner;

  Stand(CheckDeclaration<?>... checks) {
    this(EffectiveTime.MIN, checks);
  }

  Stand(EffectiveTime from, CheckDeclaration<?>... checks) {
    payments.open();
    ledger.open();
    mail.open();
    payments.known(SmallExchange.WITHDRAWALS, 0);
    ledger.known(SmallExchange.ENTRIES, 0);
    mail.known(SmallExchange.RECEIPTS, 0);
    runner = runner(from, checks);
  }

  /** A runner on what the last one left. */
  Runner runner(EffectiveTime from, CheckDeclaration<?>... checks) {
    List<ActiveCheck> active = new ArrayList<>();
    for (CheckDeclaration<?> check : checks) {
      active.add(active(check.definition(), from));
    }
    return new Runner(
        active,
        new RunnerParts(
            log,
            index,
            SmallExchange.DEFINITIONS,
            formats::decoder,
            new StoredViews(index, log, SmallExchange.DEFINITIONS, formats, ViewLimits.DEFAULT),
            store,
            recorder,
            calls,
            supervision,
            clock),
        limits);
  }

  static ActiveCheck active(CheckDefinition<?> check, EffectiveTime from) {
    Map<SourceName, Long> noOffsets = Map.of();
    return new ActiveCheck(
        check,
        DefinitionText.of(check, SmallExchange.DEFINITIONS, noOffsets, Map.of("pgoutput", "1"))
            .hash(),
        from);
  }

  static long seconds(double seconds) {
    return Math.round(seconds * 1_000_000);
  }

  /** All sources are heard up to there. */
  void mark(double seconds) {
    payments.mark(seconds(seconds));
    ledger.mark(seconds(seconds));
    mail.mark(seconds(seconds));
  }

  /** Everything that can be done is done; the verdicts of it. */
  List<Verdict> run() {
    log.sync();
    while (indexer.step()) {
      // as far as the log goes
    }
    while (runner.step()) {
      // as far as the index goes
    }
    return recorder.take();
  }

  /** The process dies, and another goes on from the last checkpoint. */
  void crash(EffectiveTime from, CheckDeclaration<?>... checks) {
    store = store.afterCrash();
    runner = runner(from, checks);
  }

  Coverage coverage() {
    return runner.coverage().getFirst();
  }
}
