package dev.overseer.server;

import dev.overseer.formats.Formats;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.backtests.BacktestRuns;
import dev.overseer.server.backtests.Backtesting;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.server.transcript.UpdateLog;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keys.ErasedKeys;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.views.StoredViews;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Backtests of a directory, which a server may be writing to: it is only read. What they know ends
 * where its index was last written.
 */
final class StoredBacktests implements AutoCloseable {
  private static final int PARTS_MAX = 8;

  private final Resources resources = new Resources();
  private final BacktestRuns runs;

  /**
   * @param checks what is tried; not closed with this
   */
  static StoredBacktests open(
      DataDirectory directory, Configuration configuration, LoadedChecks checks) {
    return new StoredBacktests(directory, configuration, checks);
  }

  private StoredBacktests(
      DataDirectory directory, Configuration configuration, LoadedChecks checks) {
    try {
      CheckFitting.require(checks, configuration);
      Definitions definitions = configuration.watched();
      ReadableLog<LogRecord> log =
          resources.keep(UpdateLog.open(directory.updates(), LogArchives.updatesOf(configuration)));
      KeyValueUpdateIndex index = resources.keep(StoredReadings.index(directory, definitions, log));
      ReadableLog<JournalEntry> journal = resources.keep(journal(directory, configuration));
      Map<CheckName, EffectiveTime> activeFrom = activeFrom(journal);
      Formats formats = Formats.standard(ErasedKeys.read(directory.keys()));
      CallingThreads calls = resources.keep(new CallingThreads());
      CheckTexts texts = new CheckTexts(configuration);
      runs =
          resources.keep(
              new BacktestRuns(
                  new Backtesting(
                      checks.definitions(),
                      check -> texts.of(check).hash(),
                      check -> Optional.ofNullable(activeFrom.get(check)),
                      new BacktestParts(
                          log,
                          index,
                          definitions,
                          formats::decoder,
                          (ofIndex, ofLog) ->
                              new StoredViews(
                                  ofIndex, ofLog, definitions, formats, configuration.limits()),
                          calls.ofChecks()::awaitedCallsOf,
                          InstantSource.system()),
                      BacktestLimits.standard(),
                      workers(),
                      journal),
                  Executors.newSingleThreadExecutor(
                      Thread.ofPlatform().name("backtest").factory())));
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
  }

  /** As many parts as there are processors: reading takes less than judging. */
  private Workers workers() {
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("backtest ", 1).factory());
    resources.keep(threads::shutdownNow);
    int parts = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, PARTS_MAX);
    return new Workers(
        parts,
        Optional.of(threads),
        ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
        () -> {});
  }

  private static ReadableLog<JournalEntry> journal(
      DataDirectory directory, Configuration configuration) {
    return SegmentedLog.openReadOnly(
        directory.journal(),
        new JournalCodec(),
        LogSettings.of(DataDirectory.JOURNAL, new UUID(0, 0), InstantSource.system())
            .withRemote(LogArchives.journalOf(configuration)));
  }

  private static Map<CheckName, EffectiveTime> activeFrom(ReadableLog<JournalEntry> journal) {
    Map<CheckName, EffectiveTime> activeFrom = new HashMap<>();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof JournalEntry.Activated activated) {
          activeFrom.put(activated.check(), activated.from());
        }
      }
    }
    return activeFrom;
  }

  BacktestRuns runs() {
    return runs;
  }

  @Override
  public void close() {
    resources.close();
  }
}
