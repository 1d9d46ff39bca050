package dev.overseer.runner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.HandClock;
import dev.overseer.runner.Runner;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.retention.Deletion;
import dev.overseer.store.retention.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
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
    private final Duration retention;
    private final HandClock clock = new HandClock(Instant.EPOCH.plusSeconds(5_000));
    private final DeletionsOnRecord records = new DeletionsOnRecord();

    Seed(long seed) {
      this.seed = seed;
      this.random = new Random(~seed);
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
        run(whole, thinned);
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

    private void run(MemoryLog<LogRecord> whole, SegmentedLog<LogRecord> thinned) {
      long steps = 20L + random.nextInt(120);
      WorldIntoLog toWhole = new WorldIntoLog(seed, whole);
      WorldIntoLog toThinned = new WorldIntoLog(seed, thinned);
      toWhole.step(steps);
      toThinned.step(steps);
      RetainedLog live = new RetainedLog(thinned, Map.of(), clock);
      RetainedLog untouched = new RetainedLog(whole, Map.of(), clock);
      List<Verdict> said = new ArrayList<>();
      List<Verdict> expected = new ArrayList<>();
      try (Runner runner = live.runner(said);
          Runner other = untouched.runner(expected)) {
        live.follow(runner);
        untouched.follow(other);
        retain(live, thinned, runner.coverage());
        live.follow(runner);
        toWhole.step(Long.MAX_VALUE);
        toThinned.step(Long.MAX_VALUE);
        live.follow(runner);
        untouched.follow(other);
        requireSameVerdicts(said, expected);
        new Tellings(seed, live, untouched).requireSame();

        retain(live, thinned, runner.coverage());
        RetainedLog again = new RetainedLog(thinned, live.horizons(), clock);
        again.index();
        new Tellings(seed, again, untouched).requireSame();
        new Tellings(seed, live, untouched).requireSame();
        List<Verdict> replayed = again.replay();
        requireNothingWrong(replayed, untouched.replay());
        requireWhatWasSaid(replayed, said, new Tellings(seed, again, untouched).latestHorizon());
      }
    }

    private void requireSameVerdicts(List<Verdict> said, List<Verdict> expected) {
      List<Verdict> missing = new ArrayList<>(expected);
      said.forEach(missing::remove);
      List<Verdict> surplus = new ArrayList<>(said);
      expected.forEach(surplus::remove);
      assertThat(missing).as("not said by the live run, seed %d", seed).isEmpty();
      assertThat(surplus).as("said by the live run alone, seed %d", seed).isEmpty();
    }

    /** Judged again from the beginning, with nothing remembered. */
    private void requireNothingWrong(List<Verdict> again, List<Verdict> before) {
      Map<Judgement, Verdict> known = new HashMap<>();
      before.forEach(verdict -> known.put(Judgement.of(verdict), verdict));
      for (Verdict verdict : again) {
        assertThat(known.getOrDefault(Judgement.of(verdict), verdict).outcome())
            .as("seed %d, %s", seed, verdict)
            .isEqualTo(verdict.outcome());
      }
    }

    /**
     * A replay begins at the horizon, and does not know what failed before: what the live run
     * judged only because such a root might have healed is not asked for again. All else is.
     */
    private void requireWhatWasSaid(
        List<Verdict> replayed, List<Verdict> said, EffectiveTime horizon) {
      Map<Judgement, Verdict> again = new HashMap<>();
      replayed.forEach(verdict -> again.put(Judgement.of(verdict), verdict));
      for (Verdict verdict : said) {
        Verdict found = again.remove(Judgement.of(verdict));
        if (found != null) {
          assertThat(found.outcome()).as("seed %d, %s", seed, verdict).isEqualTo(verdict.outcome());
        } else if (!verdict.trigger().isBefore(horizon)) {
          assertThat(failedBefore(said, verdict, horizon))
              .as("seed %d, %s", seed, verdict)
              .isTrue();
        }
      }
      assertThat(again.values()).as("said by the replay alone, seed %d", seed).isEmpty();
    }

    private static boolean failedBefore(List<Verdict> said, Verdict later, EffectiveTime horizon) {
      return said.stream()
          .filter(it -> it.check().equals(later.check()) && it.root().equals(later.root()))
          .filter(it -> it.cut().isBefore(horizon))
          .filter(
              it ->
                  it.outcome() instanceof Outcome.Failed || it.outcome() instanceof Outcome.Passed)
          .max(Comparator.comparing(Verdict::cut))
          .filter(it -> it.outcome() instanceof Outcome.Failed)
          .isPresent();
    }

    private void retain(RetainedLog live, SegmentedLog<LogRecord> disk, List<Coverage> coverage) {
      disk.seal();
      while (disk.pack()) {
        // Until all are packed.
      }
      EffectiveTime judged =
          coverage.stream().map(Coverage::upTo).reduce(EffectiveTime.MAX, EffectiveTime::min);
      Retention stage =
          new Retention(
              Map.of(
                  SmallExchange.PAYMENTS,
                  retention,
                  SmallExchange.LEDGER,
                  retention,
                  SmallExchange.MAIL,
                  retention),
              disk,
              live.index,
              SmallExchange.DEFINITIONS,
              RetainedLog.readers(),
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
          live.index();
        }
        live.index();
        clock.pass(Duration.ofMinutes(2));
      }
    }
  }

  private record Judgement(Object check, RecordKey root, EffectiveTime trigger, EffectiveTime cut) {
    static Judgement of(Verdict verdict) {
      return new Judgement(verdict.check(), verdict.root(), verdict.trigger(), verdict.cut());
    }
  }
}
