package dev.overseer.runner.simulation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourceName;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.HandClock;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerReplay;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.simulation.ReferenceModel.Said;
import dev.overseer.runner.simulation.SimulatedProcess.Disk;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * One seed from beginning to end. The world is decided by the seed alone; which stage steps next,
 * what lags and when the process dies are thrown from the same seed apart, so that they cannot
 * change what must be said.
 */
final class Simulation {
  private static final int OLDER_MAX = 4;

  private final Random random;
  private final SimulatedWorld world;
  private final List<ActiveCheck> checks;
  private final Invariants invariants;
  private final HandClock clock = new HandClock(Instant.EPOCH.plusSeconds(5_000));
  private final List<MemoryStore> olderStores = new ArrayList<>();
  private final Map<Integer, Integer> stalled = new HashMap<>();
  private SimulatedProcess process;
  private int crashes;

  /** What a seed came to. */
  record Result(int verdicts, int failures, int crashes) {}

  Simulation(long seed) {
    random = new Random(~seed);
    world = SimulatedWorld.of(seed);
    checks = SimulatedChecks.all().stream().map(check -> active(check, random)).toList();
    invariants = new Invariants(checks, new ReferenceStates(world.substreams().values()));
    process =
        start(
            new Disk(
                new MemoryLog<>(new UUID(0, seed)),
                new MemoryLog<>(new UUID(1, seed)),
                new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
                new MemoryStore(Durability.WRITTEN, Runner.SPACES)));
  }

  private static ActiveCheck active(CheckDefinition<?> check, Random random) {
    Map<SourceName, Long> noOffsets = Map.of();
    EffectiveTime from =
        random.nextInt(4) == 0
            ? new EffectiveTime(Substream.START + random.nextInt(20) * 1_000_000L)
            : EffectiveTime.MIN;
    return new ActiveCheck(
        check,
        DefinitionText.of(check, SmallExchange.DEFINITIONS, noOffsets, Map.of("pgoutput", "1"))
            .hash(),
        from);
  }

  private SimulatedProcess start(Disk disk) {
    Disk left = disk;
    while (true) {
      try {
        return new SimulatedProcess(left, world, checks, clock, random);
      } catch (Killed whileStarting) {
        crashes++;
      }
    }
  }

  Result run() {
    while (!process.sources.stream().allMatch(SimulatedSource::isDone) || random.nextInt(50) > 0) {
      step();
      invariants.hold(process.log, process.journal, process.coverage());
    }
    finish();
    compareWithReplay();
    compareViolations();
    int verdicts = Invariants.flat(invariants.expected()).size();
    int failures =
        (int)
            Invariants.flat(invariants.expected()).stream()
                .filter(said -> said.outcome().startsWith("Failed"))
                .count();
    return new Result(verdicts, failures, crashes);
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 50) {
      int source = random.nextInt(process.sources.size());
      int wait = stalled.merge(source, -1, Integer::sum);
      if (wait <= 0) {
        process.sources.get(source).step();
        stalled.put(source, random.nextInt(100) == 0 ? random.nextInt(150) : 0);
      }
    } else if (dice < 62) {
      process.log.sync();
    } else if (dice < 74) {
      process.indexer.step();
    } else if (dice < 90) {
      stepRunner();
    } else if (dice < 96) {
      clock.pass(Duration.ofMillis(random.nextInt(1, 300_000)));
    } else if (dice < 98) {
      process.indexStore.flush();
    } else if (random.nextInt(6) == 0) {
      crash();
    }
  }

  private void stepRunner() {
    try {
      process.runner.step();
    } catch (Killed killed) {
      crash();
      return;
    }
    if (random.nextInt(5) == 0) {
      olderStores.addFirst(process.runnerStore.afterCrash());
      if (olderStores.size() > OLDER_MAX) {
        olderStores.removeLast();
      }
    }
  }

  /** The runner's store comes back as it is, or, when the machine died, somewhat older. */
  private void crash() {
    crashes++;
    boolean machine = !olderStores.isEmpty() && random.nextInt(3) == 0;
    MemoryStore left =
        machine
            ? olderStores.get(random.nextInt(olderStores.size())).afterCrash()
            : process.runnerStore.afterCrash();
    olderStores.clear();
    process = start(process.afterCrash(left));
  }

  /** Everything is heard, and the process lives until nothing is left to do. */
  private void finish() {
    boolean worked = true;
    while (worked) {
      try {
        worked = false;
        for (SimulatedSource source : process.sources) {
          worked |= source.step();
        }
        process.log.sync();
        worked |= process.indexer.step();
        worked |= process.runner.step();
        if (!worked) {
          clock.pass(Duration.ofMinutes(1));
          process.runner.step();
        }
        invariants.hold(process.log, process.journal, process.coverage());
      } catch (Killed killed) {
        crash();
        worked = true;
      }
    }
    invariants.holdAtTheEnd(process.coverage());
  }

  private void compareWithReplay() {
    Map<CheckName, Set<Said>> replayed = new HashMap<>();
    RunnerReplay.replay(
        checks,
        process.parts(),
        SimulatedProcess.limits(random),
        verdict ->
            replayed
                .computeIfAbsent(verdict.check(), _ -> new HashSet<>())
                .add(Invariants.said(verdict)));
    invariants
        .expected()
        .forEach(
            (check, expected) ->
                Invariants.require(
                    expected.equals(replayed.getOrDefault(check, Set.of())),
                    "The replay of " + check + " is not as the live run was"));
  }

  /** A root fails exactly when its last complete verdict that passed or failed did fail. */
  private void compareViolations() {
    Set<String> failing = new HashSet<>();
    invariants
        .expected()
        .forEach(
            (check, said) ->
                said.stream()
                    .map(Said::root)
                    .distinct()
                    .filter(root -> fails(said, root))
                    .forEach(root -> failing.add(check + " " + root)));
    Set<String> open = new HashSet<>();
    process.violations().stream()
        .filter(violation -> !violation.state().isClosed())
        .forEach(violation -> open.add(violation.check() + " " + violation.root()));
    Invariants.require(open.equals(failing), "Open " + open + ", failing " + failing);
  }

  private static boolean fails(Set<Said> said, dev.overseer.model.RecordKey root) {
    return said.stream()
        .filter(one -> one.root().equals(root))
        .filter(one -> one.outcome().equals("Passed") || one.outcome().startsWith("Failed"))
        .max(java.util.Comparator.comparing(Said::cut))
        .filter(one -> one.outcome().startsWith("Failed"))
        .isPresent();
  }
}
