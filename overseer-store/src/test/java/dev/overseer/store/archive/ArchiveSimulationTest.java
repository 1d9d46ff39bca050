package dev.overseer.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.store.log.LogFiles;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.objects.FaultyObjectStore;
import dev.overseer.store.objects.MemoryObjectStore;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.Retries;
import dev.overseer.store.objects.RetryingObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log on machines that crash and are lost, with an archive that fails in every way: what was safe
 * is there ever after, at its offset.
 */
class ArchiveSimulationTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 150;

  @TempDir private Path directory;

  @Test
  void what_was_safe_outlives_every_machine() throws IOException {
    int lost = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      lost += new Run(seed, Safety.ARCHIVE).run();
    }
    assertThat(lost).as("records that were on lost machines alone").isPositive();
  }

  @Test
  void the_disk_alone_is_not_enough_for_that() {
    assertThatThrownBy(
            () -> {
              for (int seed = 0; seed < SEEDS; seed++) {
                new Run(seed, Safety.DISK).run();
              }
            })
        .isInstanceOf(AssertionError.class);
  }

  /** One seeded run. */
  private final class Run {
    private final int seed;
    private final SplittableRandom dice;
    private final LatePuts store;
    private final Safety safety;
    private final List<String> safe = new ArrayList<>();
    private int disks;
    private int written;
    private int lost;
    private Node node;

    Run(int seed, Safety safety) {
      this.seed = seed;
      this.safety = safety;
      this.dice = new SplittableRandom(seed);
      this.store = new LatePuts(new FaultyObjectStore(new MemoryObjectStore(), seed), dice);
      this.node = start(disk());
    }

    private Path disk() {
      return directory.resolve(seed + "-" + safety + "-" + disks);
    }

    /** A start asks until the archive answers. */
    private Node start(Path disk) {
      ObjectStore patient =
          new RetryingObjectStore(store, new Retries(50, Duration.ZERO, Duration.ZERO), _ -> {});
      return new Node(disk, store, patient, safety);
    }

    int run() throws IOException {
      for (int step = 0; step < STEPS; step++) {
        switch (dice.nextInt(12)) {
          case 0 -> crash();
          case 1 -> loseTheMachine();
          case 2, 3, 4, 5 -> node.write("record-" + written++);
          default -> {
            node.now = node.now.plusMillis(dice.nextInt(800));
            node.archiving.step();
          }
        }
        check();
      }
      node.close();
      return lost;
    }

    private void crash() throws IOException {
      Path before = disk();
      disks++;
      LogFiles.copy(before, disk());
      node.close();
      node = start(disk());
    }

    private void loseTheMachine() {
      int had = node.records().size();
      store.delay(node.log.packed(node.log.archived()));
      node.close();
      disks++;
      node = start(disk());
      lost += Math.max(0, had - node.records().size());
    }

    private void check() {
      List<String> records = node.records();
      assertThat(records).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(safe.size());
      assertThat(records.subList(0, safe.size())).as("seed %d", seed).isEqualTo(safe);
      int end = node.recordsBefore(node.log.safe()).size();
      safe.addAll(records.subList(safe.size(), Math.max(safe.size(), end)));
    }
  }
}
