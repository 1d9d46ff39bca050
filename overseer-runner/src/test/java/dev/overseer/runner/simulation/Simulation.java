package dev.overseer.runner.simulation;

import dev.overseer.model.CheckName;
import dev.overseer.runner.HandClock;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.simulation.ReferenceModel.Said;
import dev.overseer.runner.simulation.SimulatedProcess.Disk;
import dev.overseer.store.keyvalue.MemoryStore;
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
 * what lags, which checks are declared and when the process dies are thrown from the same seed
 * apart, so that they cannot change what must be said.
 */
final class Simulation {
  private static final int OLDER_MAX = 4;
  private static final int ROUNDS_MAX = 20_000;

  private final Random random;
  private final SimulatedWorld world;
  private final Invariants invariants;
  private final HandClock clock = new HandClock(Instant.EPOCH.plusSeconds(5_000));
  private final List<MemoryStore> olderStores = new ArrayList<>();
  private final Map<Integer, Integer> stalled = new HashMap<>();
  private final SimulatedChannel channel;
  private Roster roster;
  private SimulatedProcess process;
  private int crashes;

  /** What a seed came to. */
  record Result(int verdicts, int crashes) {}

  Simulation(long seed) {
    random = new Random(~seed);
    world = SimulatedWorld.wide(seed);
    invariants =
        new Invariants(SmallExchange.DEFINITIONS, new ReferenceStates(world.substreams().values()));
    roster = Roster.any(random);
    channel = new SimulatedChannel(random);
    process =
        start(Disk.of(ArchivedLog.empty(new UUID(0, seed)), ArchivedLog.empty(new UUID(1, seed))));
  }

  private SimulatedProcess start(Disk disk) {
    invariants.declare(roster.byHash());
    while (true) {
      try {
        SimulatedProcess begun = new SimulatedProcess(disk, world, roster, channel, clock, random);
        DataStates.of(begun.journal).hold(begun.violations);
        return begun;
      } catch (Killed whileStarting) {
        crashes++;
      }
    }
  }

  Result run() {
    while (!process.sources.stream().allMatch(SimulatedSource::isDone) || random.nextInt(50) > 0) {
      step();
      hold();
    }
    finish();
    backtest();
    channel.hold(process.journal);
    DataStates.of(process.journal).hold(process.violations);
    ToldStates.of(process.journal).hold();
    return new Result(
        invariants.expectations().stream().mapToInt(Expectation::size).sum(), crashes);
  }

  private void hold() {
    invariants.hold(process.log, process.journal, process.coverage());
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 50) {
      stepSource();
    } else if (dice < 62) {
      process.log.sync();
    } else if (dice < 74) {
      process.indexer.step();
    } else if (dice < 90) {
      stepRunner();
    } else if (dice < 96) {
      clock.pass(Duration.ofMillis(random.nextInt(1, 300_000)));
    } else if (dice < 97) {
      process.deliverer.step();
    } else if (dice < 98) {
      process.indexStore.flush();
    } else {
      happen(random.nextInt(14));
    }
  }

  private void stepSource() {
    int source = random.nextInt(process.sources.size());
    if (stalled.merge(source, -1, Integer::sum) <= 0) {
      process.sources.get(source).step();
      stalled.put(source, random.nextInt(100) == 0 ? random.nextInt(150) : 0);
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

  private void happen(int what) {
    switch (what) {
      case 0 -> crash();
      case 1 -> deploy();
      case 2 -> backtest();
      case 3 -> loseTheMachine();
      case 4, 5 -> process.log.archive();
      case 6, 7 -> process.journal.archive();
      case 8, 9, 10 -> process.sweep();
      case 11 -> process.chooseMode();
      case 12 -> wake();
      default -> {}
    }
  }

  private void wake() {
    process.journal.sync();
    for (int rounds = 0; process.violations.wake(); rounds++) {
      Invariant.COMES_TO_REST.require(rounds < ROUNDS_MAX, () -> "It wakes again and again");
    }
    ToldStates.of(process.journal).hold();
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

  /** What was archived is all that there is. */
  private void loseTheMachine() {
    crashes++;
    olderStores.clear();
    Disk left = process.fromBucket();
    invariants.lost(left.journal());
    process = start(left);
  }

  /** Other checks are declared, which takes a restart. */
  private void deploy() {
    if (random.nextBoolean()) {
      try {
        process.runner.close();
      } catch (Killed killed) {
        crashes++;
      }
      hold();
    }
    roster = roster.changed(random);
    crash();
  }

  /** Everything is heard, and the process lives until nothing is left to do. */
  private void finish() {
    boolean worked = true;
    process.resumeAll();
    for (int rounds = 0; worked; rounds++) {
      Invariant.COMES_TO_REST.require(rounds < ROUNDS_MAX, () -> "It does not end");
      try {
        worked = false;
        for (SimulatedSource source : process.sources) {
          worked |= source.step();
        }
        process.log.sync();
        worked |= process.indexer.step();
        worked |= process.runner.step() || process.isJudging();
        worked |= process.violations.wake();
        process.journal.archive();
        worked |= process.deliverer.step();
        if (!worked) {
          clock.pass(Duration.ofMinutes(1));
          worked = process.runner.step() || process.isJudging();
          worked |= process.deliverer.pending() > 0;
        }
        hold();
      } catch (Killed killed) {
        crash();
        worked = true;
      }
    }
    invariants.holdAtTheEnd(process.coverage());
  }

  /** Judged again from the log's beginning, it is the same as far as the index goes. */
  private void backtest() {
    hold();
    Map<CheckName, Set<Said>> replayed = new HashMap<>();
    process.replay(
        verdict ->
            replayed.computeIfAbsent(verdict.check(), _ -> new HashSet<>()).add(Said.of(verdict)),
        random);
    Heard heard = new Heard(SmallExchange.DEFINITIONS);
    heard.hear(process.log, process.index.consumed());
    invariants
        .expectations()
        .forEach(
            expectation ->
                expectation.holdReplayed(
                    replayed.getOrDefault(expectation.active().check().name(), Set.of()),
                    heard.frontier(expectation.active().check().view())));
  }
}
