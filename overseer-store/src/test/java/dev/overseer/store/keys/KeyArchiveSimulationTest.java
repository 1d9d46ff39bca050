package dev.overseer.store.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Stage;
import dev.overseer.store.log.LogFiles;
import dev.overseer.store.objects.FaultyObjectStore;
import dev.overseer.store.objects.MemoryObjectStore;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.Retries;
import dev.overseer.store.objects.RetryingObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines that encrypt, erase, crash, are lost, and go on all the same when they were believed
 * lost, with an archive that fails in every way: what was safe can be read ever after, and what was
 * erased by nobody.
 */
class KeyArchiveSimulationTest {
  private static final int SEEDS = 3;
  private static final int STEPS = 200;
  private static final int SUBJECTS = 6;

  @TempDir private Path directory;
  private int lost;
  private int erased;

  @Test
  void what_was_safe_can_be_read_and_what_was_erased_is_nowhere() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      new Run(seed).run();
    }
    assertThat(lost).as("machines lost").isGreaterThan(SEEDS);
    assertThat(erased).as("subjects erased for good").isPositive();
  }

  /** Somebody was asked to erase a subject. */
  private record Asked(KeyedMachine machine, ErasedSubject subject, byte[] wrapped) {
    boolean isDone() {
      return machine.erasing.isDone(subject);
    }
  }

  /** One seeded run. */
  private final class Run {
    private final int seed;
    private final SplittableRandom dice;
    private final MemoryObjectStore bucket = new MemoryObjectStore();
    private final StrayPuts store;
    private final List<String> safe = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Asked> done = new ArrayList<>();
    private final Set<String> askedKeys = new HashSet<>();
    private int disks;
    private int written;
    private KeyedMachine machine;
    private Optional<KeyedMachine> believedLost = Optional.empty();

    Run(int seed) {
      this.seed = seed;
      this.dice = new SplittableRandom(seed);
      this.store = new StrayPuts(new FaultyObjectStore(bucket, seed), dice);
      this.machine = start();
    }

    private Path disk() {
      return directory.resolve(seed + "-" + disks);
    }

    /** A start asks until the archive answers. */
    private KeyedMachine start() {
      ObjectStore patient =
          new RetryingObjectStore(store, new Retries(90, Duration.ZERO, Duration.ZERO), _ -> {});
      return new KeyedMachine(disk(), store, patient, new Random(dice.nextLong()));
    }

    void run() throws IOException {
      for (int step = 0; step < STEPS; step++) {
        switch (dice.nextInt(50)) {
          case 0 -> crash();
          case 1 -> loseTheMachine();
          default -> live(machine);
        }
        haunt();
        check();
      }
      believedLost.ifPresent(KeyedMachine::close);
      machine.close();
    }

    private void live(KeyedMachine it) {
      switch (dice.nextInt(8)) {
        case 0, 1, 2 -> it.write("subject-" + dice.nextInt(SUBJECTS), "text-" + written++);
        case 3 -> erase(it, "subject-" + dice.nextInt(SUBJECTS));
        default -> {
          it.now = it.now.plusMillis(dice.nextInt(6000));
          for (int round = dice.nextInt(10); round >= 0; round--) {
            it.updates.pack();
            it.journal.pack();
            it.stages.forEach(Stage::step);
          }
        }
      }
    }

    private void erase(KeyedMachine it, String subject) {
      Optional<byte[]> wrapped = it.wrapped(subject);
      it.erase(subject)
          .ifPresent(
              gone -> {
                askedKeys.add(gone.key());
                asked.add(new Asked(it, gone, wrapped.orElseThrow()));
              });
    }

    /** It goes on until it finds out. */
    private void haunt() {
      believedLost.ifPresent(
          ghost -> {
            try {
              live(ghost);
            } catch (InvalidRequest replaced) {
              ghost.close();
              believedLost = Optional.empty();
            }
          });
    }

    private void crash() throws IOException {
      Path before = disk();
      disks++;
      for (String part : List.of("updates", "journal", "keys")) {
        LogFiles.copy(before.resolve(part), disk().resolve(part));
      }
      machine.close();
      machine = start();
      checkTexts();
    }

    private void loseTheMachine() {
      believedLost.ifPresent(KeyedMachine::close);
      believedLost = Optional.empty();
      if (dice.nextBoolean()) {
        believedLost = Optional.of(machine);
      } else {
        machine.close();
      }
      lost++;
      disks++;
      machine = start();
      checkTexts();
    }

    private void checkTexts() {
      for (String record : safe) {
        String token = record.split(" ")[2];
        if (machine.keys.isErased(token)) {
          assertThat(askedKeys).as("seed %d: %s", seed, record).contains(token.substring(0, 12));
        } else {
          assertThat(machine.isReadable(record)).as("seed %d: %s", seed, record).isTrue();
        }
      }
      for (Asked each : done) {
        assertThat(machine.keys.isErased(each.subject().key()))
            .as("seed %d: %s", seed, each)
            .isTrue();
        assertThat(KeyedMachine.records(machine.journal, machine.journal.end()))
            .as("seed %d", seed)
            .anyMatch(told -> told.endsWith(each.subject().key()));
      }
    }

    private void check() {
      List<String> records = KeyedMachine.records(machine.updates, machine.updates.end());
      assertThat(records).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(safe.size());
      assertThat(records.subList(0, safe.size())).as("seed %d", seed).isEqualTo(safe);
      int end = KeyedMachine.records(machine.updates, machine.updates.safe()).size();
      safe.addAll(records.subList(safe.size(), Math.max(safe.size(), end)));
      asked.stream().filter(Asked::isDone).forEach(done::add);
      erased += asked.size();
      asked.removeIf(Asked::isDone);
      erased -= asked.size();
      List<byte[]> objects = Contents.of(bucket);
      for (Asked each : done) {
        assertThat(objects)
            .as("seed %d: %s", seed, each)
            .noneMatch(object -> Contents.isWithin(each.wrapped(), object));
      }
    }
  }
}
