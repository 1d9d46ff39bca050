package dev.overseer.runner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.HandClock;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.RunnerReplay;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.Sha256;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.retention.ChangeReaders;
import dev.overseer.store.retention.Deletion;
import dev.overseer.store.retention.DeletionRecords;
import dev.overseer.store.retention.Retention;
import dev.overseer.views.StoredViews;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is deleted, whenever: what holds at a horizon or later is told as if nothing had been.
 * Every seed is a world written twice, once to a log from which nothing is deleted.
 */
class RetentionSimulationTest {
  private static final int SEEDS = 12;

  @TempDir private Path directory;

  @Test
  void nothing_that_is_told_from_the_horizon_on_depends_on_what_was_deleted() {
    long deleted = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      deleted += new Seed(seed).run();
    }
    assertThat(deleted).as("changes deleted by all seeds").isGreaterThan(SEEDS);
  }

  private final class Seed {
    private final long seed;
    private final Random random;
    private final SimulatedWorld world;
    private final Duration retention;
    private final HandClock clock = new HandClock(Instant.EPOCH.plusSeconds(5_000));
    private final List<ActiveCheck> checks =
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
    private final Records records = new Records();

    Seed(long seed) {
      this.seed = seed;
      this.random = new Random(~seed);
      this.world = SimulatedWorld.of(seed);
      this.retention = Duration.ofMillis(500L + random.nextInt(10_000));
    }

    long run() {
      MemoryLog<LogRecord> whole = new MemoryLog<>(new UUID(0, seed));
      LogSettings settings =
          LogSettings.of("updates", new UUID(0, seed), clock)
              .withSegmentBytes(500)
              .withBlockBytes(100)
              .withCacheBytes(0);
      Path disk = directory.resolve("seed-" + seed);
      try (SegmentedLog<LogRecord> thinned =
          SegmentedLog.open(disk, new UpdateLogCodec(), settings)) {
        long steps = 20L + random.nextInt(120);
        World toWhole = new World(whole);
        World toThinned = new World(thinned);
        toWhole.step(steps);
        toThinned.step(steps);
        Process live = new Process(thinned, Map.of());
        Process untouched = new Process(whole, Map.of());
        List<Verdict> said = new ArrayList<>();
        List<Verdict> expected = new ArrayList<>();
        try (Runner runner = live.runner(said);
            Runner other = untouched.runner(expected)) {
          live.follow(runner);
          untouched.follow(other);
          live.retain(runner.coverage());
          live.follow(runner);
          toWhole.step(Long.MAX_VALUE);
          toThinned.step(Long.MAX_VALUE);
          live.follow(runner);
          untouched.follow(other);
          requireSameVerdicts(said, expected);
          live.requireSame(untouched);

          live.retain(runner.coverage());
          Process again = new Process(thinned, live.horizons());
          again.index();
          again.requireSame(untouched);
          live.requireSame(untouched);
          again.requireNothingWrong(untouched.replay());
        }
      }
      VerifiedLog verified =
          new LogVerification("updates", new LocalSegmentFiles(disk), (_, _) -> {})
              .with(records::has)
              .run();
      assertThat(verified.damage()).as("seed %d", seed).isEmpty();
      return records.all.stream()
          .flatMap(it -> it.sources().stream())
          .mapToLong(Deletion.OfSource::changes)
          .sum();
    }

    private void requireSameVerdicts(List<Verdict> said, List<Verdict> expected) {
      List<Verdict> missing = new ArrayList<>(expected);
      said.forEach(missing::remove);
      List<Verdict> surplus = new ArrayList<>(said);
      expected.forEach(surplus::remove);
      assertThat(missing).as("not said by the live run, seed %d", seed).isEmpty();
      assertThat(surplus).as("said by the live run alone, seed %d", seed).isEmpty();
    }

    /** The sources, which say the same to whatever log. */
    private final class World {
      private final Random order = new Random(seed);
      private final AppendLog<LogRecord> log;
      private final List<SimulatedSource> sources = new ArrayList<>();

      World(AppendLog<LogRecord> log) {
        this.log = log;
        world
            .substreams()
            .forEach(
                (name, substream) ->
                    sources.add(new SimulatedSource(name, substream, log, new Random(seed))));
      }

      void step(long stepsMax) {
        for (long i = 0; i < stepsMax; i++) {
          List<SimulatedSource> going = sources.stream().filter(it -> !it.isDone()).toList();
          if (going.isEmpty()) {
            break;
          }
          going.get(order.nextInt(going.size())).step();
        }
        log.sync();
      }
    }

    private final class Process {
      private final Formats formats = Formats.standard();
      private final ReadableLog<LogRecord> log;
      private final KeyValueUpdateIndex index;
      private final Indexer indexer;
      private final StoredViews views;

      Process(ReadableLog<LogRecord> log, Map<SourceName, EffectiveTime> horizons) {
        this.log = log;
        this.index =
            KeyValueUpdateIndex.open(
                new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
                SmallExchange.DEFINITIONS,
                IndexIdentity.of(log.identity(), SmallExchange.DEFINITIONS));
        this.indexer =
            new Indexer(
                log, index, SmallExchange.DEFINITIONS, formats::decoder, (_, _, _) -> {}, horizons);
        this.views =
            new StoredViews(index, log, SmallExchange.DEFINITIONS, formats, ViewLimits.DEFAULT);
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
            formats::decoder,
            views,
            new MemoryStore(Durability.WRITTEN, Runner.SPACES),
            recorder,
            CheckCalls::direct,
            clock);
      }

      Runner runner(List<Verdict> said) {
        return new Runner(checks, parts(new Said(said)), limits());
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
        RunnerReplay.replay(checks, parts(new Said(said)), limits(), said::add);
        return said;
      }

      Map<SourceName, EffectiveTime> horizons() {
        Map<SourceName, EffectiveTime> horizons = new TreeMap<>();
        index.progress().forEach((source, at) -> horizons.put(source, at.horizon()));
        return horizons;
      }

      @SuppressWarnings("unchecked")
      void retain(List<Coverage> coverage) {
        SegmentedLog<LogRecord> disk = (SegmentedLog<LogRecord>) log;
        disk.seal();
        while (disk.pack()) {
          // Until all are packed.
        }
        EffectiveTime judged =
            coverage.stream().map(Coverage::upTo).reduce(EffectiveTime.MAX, EffectiveTime::min);
        Retention stage =
            new Retention(
                Map.of(SmallExchange.PAYMENTS, retention, SmallExchange.LEDGER, retention),
                disk,
                index,
                SmallExchange.DEFINITIONS,
                new ChangeReaders(formats::decoder, formats::aggregator),
                Optional.empty(),
                records,
                new Retention.Surroundings(
                    () -> judged,
                    directory.resolve("retention-" + seed),
                    refused -> {
                      throw refused;
                    },
                    clock));
        for (int idle = 0; idle < 5; idle++) {
          while (stage.step()) {
            index();
          }
          index();
          clock.pass(Duration.ofMinutes(2));
        }
      }

      /** At every time from the horizons on at which anything may have changed. */
      void requireSame(Process untouched) {
        EffectiveTime horizon = latestHorizon();
        Stream.of(horizon.previous(), horizon, new EffectiveTime(Substream.END))
            .forEach(cut -> requireSame(untouched, cut));
        for (int i = 0; i < 25; i++) {
          long cut = Substream.START + i * 1_700_000L;
          if (cut >= horizon.micros()) {
            requireSame(untouched, new EffectiveTime(cut));
          } else if (cut < horizon.micros() - 1 && horizon.isAfter(EffectiveTime.MIN)) {
            requireRefused(new EffectiveTime(cut));
          }
        }
      }

      private EffectiveTime latestHorizon() {
        return horizons().values().stream().reduce(EffectiveTime.MIN, EffectiveTime::max);
      }

      private void requireSame(Process untouched, EffectiveTime cut) {
        for (RecordKey record : records()) {
          assertThat(views.stateAsOf(record, AsOf.at(cut)))
              .as("seed %d, %s at %s", seed, record, cut)
              .isEqualTo(untouched.views.stateAsOf(record, AsOf.at(cut)));
        }
        for (ViewDefinition view : SmallExchange.DEFINITIONS.views()) {
          for (RecordKey root : records(view.root())) {
            assertThat(told(view, root, cut))
                .as("seed %d, view %s of %s at %s", seed, view.name(), root, cut)
                .isEqualTo(untouched.told(view, root, cut));
          }
        }
      }

      private void requireRefused(EffectiveTime cut) {
        for (ViewDefinition view : SmallExchange.DEFINITIONS.views()) {
          if (SmallExchange.DEFINITIONS.sourcesOf(view).size() == 2) {
            RecordKey root = records(view.root()).getFirst();
            assertThatThrownBy(() -> told(view, root, cut))
                .isInstanceOf(UnknownValue.class)
                .hasMessageContaining("is told from");
          }
        }
      }

      /** Members and their states; the updates that they come from may be fewer. */
      private Map<String, List<Map.Entry<RecordKey, RecordState>>> told(
          ViewDefinition definition, RecordKey root, EffectiveTime cut) {
        View view = views.viewAsOf(definition, root, AsOf.at(cut));
        Map<String, List<Map.Entry<RecordKey, RecordState>>> told = new TreeMap<>();
        told.put("", List.of(Map.entry(view.root().key(), view.root().state())));
        view.members()
            .forEach(
                (alias, members) ->
                    told.put(
                        alias,
                        members.stream().map(it -> Map.entry(it.key(), it.state())).toList()));
        return told;
      }

      private static List<RecordKey> records(ModelName model) {
        List<RecordKey> records = new ArrayList<>();
        for (int key = 1; key <= SimulatedWorld.KEYS_MAX; key++) {
          records.add(RecordKey.of(model, Integer.toString(key)));
        }
        return records;
      }

      private static List<RecordKey> records() {
        return SmallExchange.DEFINITIONS.models().stream()
            .flatMap(model -> records(model.name()).stream())
            .toList();
      }

      /** Judged again from the beginning, with nothing remembered. */
      void requireNothingWrong(List<Verdict> before) {
        Map<Judgement, Verdict> known = new HashMap<>();
        before.forEach(verdict -> known.put(Judgement.of(verdict), verdict));
        for (Verdict verdict : replay()) {
          assertThat(known.getOrDefault(Judgement.of(verdict), verdict).outcome())
              .as("seed %d, %s", seed, verdict)
              .isEqualTo(verdict.outcome());
        }
      }
    }
  }

  private record Judgement(Object check, RecordKey root, EffectiveTime trigger, EffectiveTime cut) {
    static Judgement of(Verdict verdict) {
      return new Judgement(verdict.check(), verdict.root(), verdict.trigger(), verdict.cut());
    }
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

  private static final class Records implements DeletionRecords {
    private final List<Deletion> all = new ArrayList<>();

    boolean has(LogOffset first, int generation, Sha256 sha256) {
      return all.stream()
          .anyMatch(
              it ->
                  it.first().equals(first)
                      && it.generation() == generation
                      && it.after().equals(sha256));
    }

    @Override
    public void put(Deletion deletion) {
      all.add(deletion);
    }

    @Override
    public boolean areSafe() {
      return true;
    }

    @Override
    public Optional<Deletion> last() {
      return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
  }
}
