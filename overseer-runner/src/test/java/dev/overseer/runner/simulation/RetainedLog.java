package dev.overseer.runner.simulation;

import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.backtest.Backtest;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.BacktestRequest;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.index.TotalChanges;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.retention.ChangeReaders;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A log, what is derived from it, and who judges it. */
final class RetainedLog {
  static final Formats FORMATS = Formats.standard();

  private static final List<ActiveCheck> CHECKS =
      SimulatedChecks.all().stream()
          .map(
              check ->
                  new ActiveCheck(
                      check,
                      DefinitionText.of(
                              check, SmallExchange.DEFINITIONS, Map.of(), Map.of("pgoutput", "1"))
                          .hash(),
                      EffectiveTime.MIN))
          .toList();

  private final ReadableLog<LogRecord> log;
  private final InstantSource clock;
  final KeyValueUpdateIndex index;
  private final Indexer indexer;
  final StoredViews views;

  RetainedLog(
      ReadableLog<LogRecord> log, Map<SourceName, EffectiveTime> horizons, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.index =
        KeyValueUpdateIndex.open(
            new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            SmallExchange.DEFINITIONS,
            IndexIdentity.of(log.identity(), SmallExchange.DEFINITIONS));
    this.indexer =
        new Indexer(
            log,
            index,
            SmallExchange.DEFINITIONS,
            FORMATS::decoder,
            (_, _, _) -> {},
            horizons,
            TotalChanges.NONE);
    this.views =
        new StoredViews(index, log, SmallExchange.DEFINITIONS, FORMATS, ViewLimits.DEFAULT);
  }

  void index() {
    while (indexer.step()) {
      // As far as the log goes.
    }
  }

  RunnerParts parts(VerdictRecorder recorder) {
    return new RunnerParts(
        log,
        index,
        SmallExchange.DEFINITIONS,
        FORMATS::decoder,
        views,
        new MemoryStore(Durability.WRITTEN, Runner.SPACES),
        recorder,
        CheckCalls::direct,
        clock);
  }

  Runner runner(List<Verdict> said) {
    return new Runner(CHECKS, parts(new Said(said)), limits());
  }

  private RunnerLimits limits() {
    return new RunnerLimits(100, 100, Duration.ZERO, 100_000, 100);
  }

  void follow(Runner runner) {
    index();
    while (runner.step()) {
      // As far as the index goes.
    }
  }

  List<Verdict> replay() {
    List<Verdict> said = new ArrayList<>();
    for (ActiveCheck check : CHECKS) {
      new Backtest(
              new BacktestRequest(check, EffectiveTime.MAX),
              new BacktestParts(
                  log,
                  index,
                  SmallExchange.DEFINITIONS,
                  FORMATS::decoder,
                  (ofIndex, ofLog) ->
                      new StoredViews(
                          ofIndex, ofLog, SmallExchange.DEFINITIONS, FORMATS, ViewLimits.DEFAULT),
                  CheckCalls::direct,
                  clock),
              BacktestLimits.standard(),
              Workers.onCallersThread(2),
              Optional.empty(),
              said::addAll)
          .run();
    }
    return said;
  }

  Map<SourceName, EffectiveTime> horizons() {
    Map<SourceName, EffectiveTime> horizons = new TreeMap<>();
    index.progress().forEach((source, at) -> horizons.put(source, at.horizon()));
    return horizons;
  }

  static ChangeReaders readers() {
    return new ChangeReaders(FORMATS::decoder, FORMATS::aggregator);
  }

  private record Said(List<Verdict> verdicts) implements VerdictRecorder {
    @Override
    public void record(List<Finding> findings) {
      findings.stream().map(Finding::verdict).filter(Verdict::isComplete).forEach(verdicts::add);
    }

    @Override
    public LogOffset sync() {
      return LogOffset.ZERO;
    }
  }
}
