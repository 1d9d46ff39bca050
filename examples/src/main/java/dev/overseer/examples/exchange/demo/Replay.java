package dev.overseer.examples.exchange.demo;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.CheckModule;
import dev.overseer.formats.Formats;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.backtest.Backtest;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.BacktestRequest;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.CallingThreads;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.store.index.IndexDirectory;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.Totalling;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a log again from its beginning, with an index of its own and nothing remembered, under the
 * definitions that the journal says were active.
 */
final class Replay {
  private final ReadableLog<LogRecord> log;
  private final ReadableLog<JournalEntry> journal;
  private final Definitions definitions;
  private final Formats formats = Formats.standard();

  Replay(ReadableLog<LogRecord> log, ReadableLog<JournalEntry> journal, Definitions definitions) {
    this.log = log;
    this.journal = journal;
    this.definitions = definitions;
  }

  /** The complete verdicts that are on record. */
  VerdictTally recorded() {
    VerdictTally tally = new VerdictTally();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        tally.add(reader.record());
      }
    }
    return tally;
  }

  /**
   * The complete verdicts of the log's judgement by the same checks.
   *
   * @param directory for the index, empty
   */
  VerdictTally replayed(CheckModule module, Path directory) {
    VerdictTally tally = new VerdictTally();
    try (UpdateIndex index = indexed(directory);
        CallingThreads threads = new CallingThreads();
        LoadedChecks checks = LoadedChecks.of(List.of(module))) {
      BacktestParts parts =
          new BacktestParts(
              log,
              index,
              definitions,
              formats::decoder,
              (ofIndex, ofLog) ->
                  new StoredViews(ofIndex, ofLog, definitions, formats, ViewLimits.DEFAULT),
              threads.ofChecks()::awaitedCallsOf,
              InstantSource.system());
      for (ActiveCheck check : active(checks.definitions())) {
        new Backtest(
                new BacktestRequest(check, EffectiveTime.MAX),
                parts,
                BacktestLimits.standard(),
                Workers.onCallersThread(1),
                Optional.empty(),
                verdicts -> verdicts.forEach(tally::add))
            .run();
      }
    }
    return tally;
  }

  private UpdateIndex indexed(Path directory) {
    UpdateIndex index =
        IndexDirectory.open(
            directory,
            RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            definitions,
            IndexIdentity.of(log.identity(), definitions),
            log.end(),
            _ -> {});
    try (Indexer indexer =
        new Indexer(
            log,
            index,
            definitions,
            formats::decoder,
            (_, _, _) -> {},
            Map.of(),
            new Totalling(index, log, definitions, formats))) {
      while (indexer.step()) {
        // Up to the log's end.
      }
    }
    return index;
  }

  private List<ActiveCheck> active(List<CheckDefinition<?>> checks) {
    Map<CheckName, JournalEntry.Activated> activated = new HashMap<>();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof JournalEntry.Activated entry) {
          activated.put(entry.check(), entry);
        }
      }
    }
    List<ActiveCheck> active = new ArrayList<>();
    for (CheckDefinition<?> check : checks) {
      JournalEntry.Activated entry = activated.get(check.name());
      if (entry == null) {
        throw new InvariantViolated("The check " + check.name() + " was never activated");
      }
      active.add(new ActiveCheck(check, entry.definition(), entry.from()));
    }
    return active;
  }
}
