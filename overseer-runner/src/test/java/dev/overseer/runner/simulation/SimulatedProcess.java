package dev.overseer.runner.simulation;

import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.backtest.Backtest;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.BacktestRequest;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.escalation.Deliverer;
import dev.overseer.runner.escalation.DeliveryWatch;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.escalation.Outbox;
import dev.overseer.runner.incidents.ErringChecks;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.ActivationBook;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.journal.ModeBook;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.runner.violations.JournalVerdictRecorder;
import dev.overseer.runner.violations.StormRule;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** One life of the process, between two crashes: all stages over what the last life left. */
final class SimulatedProcess {
  private static final StormRule STORM_RULE = new StormRule(3, Duration.ofMinutes(1));

  final List<SimulatedSource> sources;
  final ArchivedLog<LogRecord> log;
  final ArchivedLog<JournalEntry> journal;
  final MemoryStore indexStore;
  final MemoryStore runnerStore;
  final KeyValueUpdateIndex index;
  final Indexer indexer;
  final Runner runner;
  final Deliverer deliverer;
  final ViolationBook violations;
  private final List<ActiveCheck> checks;
  private final RunnerParts parts;
  private final LateCalls calls;
  private final SimulatedPeople people;

  /** What survives the process. */
  record Disk(
      ArchivedLog<LogRecord> log,
      ArchivedLog<JournalEntry> journal,
      MemoryStore indexStore,
      MemoryStore runnerStore) {

    /** Everything but the logs can be made anew. */
    static Disk of(ArchivedLog<LogRecord> log, ArchivedLog<JournalEntry> journal) {
      return new Disk(
          log,
          journal,
          new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
          new MemoryStore(Durability.WRITTEN, Runner.SPACES));
    }
  }

  SimulatedProcess(
      Disk disk,
      SimulatedWorld world,
      Roster roster,
      SimulatedChannel channel,
      InstantSource clock,
      Random random) {
    log = disk.log();
    journal = disk.journal();
    indexStore = disk.indexStore();
    runnerStore = disk.runnerStore();
    Formats formats = Formats.standard();
    index =
        KeyValueUpdateIndex.open(
            indexStore,
            SmallExchange.DEFINITIONS,
            IndexIdentity.of(log.identity(), SmallExchange.DEFINITIONS));
    indexer =
        new Indexer(
            log,
            index,
            SmallExchange.DEFINITIONS,
            formats::decoder,
            (change, offset, reason) -> {
              throw new AssertionError("Unreadable at " + offset + ": " + reason);
            });
    sources =
        world.substreams().entrySet().stream()
            .map(source -> new SimulatedSource(source.getKey(), source.getValue(), log, random))
            .toList();
    ModeBook modes = new ModeBook(journal, clock);
    Escalations escalations =
        new Escalations(
            List.of(SimulatedChannel.NAME),
            List.of(SimulatedChannel.NAME),
            roster.checks(),
            modes::isTold);
    IncidentBook incidents = new IncidentBook(journal, escalations, clock);
    violations = new ViolationBook(journal, escalations, incidents, STORM_RULE, clock);
    ActivationBook activations = new ActivationBook(journal, clock);
    int recordsPerSecond = 1 + random.nextInt(200);
    SweepBook swept = new SweepBook(journal, _ -> recordsPerSecond, clock);
    people = new SimulatedPeople(swept, modes, random);
    JournalReplay.replay(journal, List.of(incidents, violations, activations, modes, swept));
    VerdictRecorder recorder =
        new JournalVerdictRecorder(
            journal,
            Runner.journalEnd(runnerStore),
            roster.names(),
            violations,
            new ErringChecks(incidents),
            swept::judged);
    calls = new LateCalls(random);
    parts =
        new RunnerParts(
            log,
            index,
            SmallExchange.DEFINITIONS,
            formats::decoder,
            new StoredViews(index, log, SmallExchange.DEFINITIONS, formats, ViewLimits.DEFAULT),
            new DyingStore(runnerStore, random),
            new DyingRecorder(recorder, random),
            calls::of,
            people,
            clock);
    checks = roster.activate(activations);
    boolean sweepsChanged = random.nextBoolean();
    checks.forEach(
        check ->
            swept.activated(activations.find(check.check().name()).orElseThrow(), sweepsChanged));
    runner = new Runner(checks, parts, limits(random));
    violations.retireAllBut(roster.names());
    deliverer = new Deliverer(journal, new Outbox(), List.of(channel), clock, new Unwatched());
  }

  /** Mostly small, so that everything that is bounded meets its bound. */
  static RunnerLimits limits(Random random) {
    return new RunnerLimits(
        1 + random.nextInt(40),
        1 + random.nextInt(60),
        Duration.ofMillis(random.nextInt(2000)),
        1 + random.nextInt(60),
        1 + random.nextInt(20));
  }

  private record Unwatched() implements DeliveryWatch {
    @Override
    public void taken(String channel) {}

    @Override
    public void givenUp(String channel, String error) {
      throw new AssertionError("Given up: " + error);
    }
  }

  /** Somebody begins a sweep, or stops one. */
  void sweep() {
    people.sweep(checks.stream().map(check -> check.check().name()).toList());
  }

  /** Somebody chooses another mode for a check. */
  void chooseMode() {
    people.chooseMode(checks.stream().map(check -> check.check().name()).toList());
  }

  /** Nothing is paused any more. */
  void resumeAll() {
    people.resume(checks.stream().map(check -> check.check().name()).toList());
  }

  /** Whether there are judgements under way. */
  boolean isJudging() {
    return calls.areInTheAir();
  }

  /** The complete verdicts of the log anew, as far as the index goes. */
  void replay(Consumer<Verdict> complete, Random random) {
    for (ActiveCheck check : checks) {
      new Backtest(
              new BacktestRequest(check, EffectiveTime.MAX),
              new BacktestParts(
                  log,
                  index,
                  SmallExchange.DEFINITIONS,
                  Formats.standard()::decoder,
                  (ofIndex, ofLog) ->
                      new StoredViews(
                          ofIndex,
                          ofLog,
                          SmallExchange.DEFINITIONS,
                          Formats.standard(),
                          ViewLimits.DEFAULT),
                  CheckCalls::direct,
                  parts.clock()),
              backtestLimits(random),
              Workers.onCallersThread(1 + random.nextInt(3)),
              Optional.empty(),
              verdicts -> verdicts.forEach(complete))
          .run();
    }
  }

  private static BacktestLimits backtestLimits(Random random) {
    return new BacktestLimits(
        1 + random.nextInt(20),
        1 + random.nextInt(60),
        1 << random.nextInt(8),
        1 + random.nextInt(2000),
        random.nextInt(3),
        limits(random));
  }

  List<Coverage> coverage() {
    return runner.coverage();
  }

  /** What another process finds; the runner's store may be an older one. */
  Disk afterCrash(MemoryStore olderRunnerStore) {
    return new Disk(
        log.afterCrash(), journal.afterCrash(), indexStore.afterCrash(), olderRunnerStore);
  }

  /** What another machine finds. */
  Disk fromBucket() {
    return Disk.of(log.fromBucket(), journal.fromBucket());
  }
}
