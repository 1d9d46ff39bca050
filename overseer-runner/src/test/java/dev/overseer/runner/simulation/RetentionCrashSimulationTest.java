package dev.overseer.runner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import dev.overseer.runner.HandClock;
import dev.overseer.store.archive.ArchivedSegmentFiles;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.ChainHead;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.SegmentFiles;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.objects.MemoryObjectStore;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.StoredObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies again and again, between any two things that it does to its disk, its archive
 * or its records, while it deletes; sometimes with its machine. Whatever is left is sound, says of
 * every deletion that it was on record, and is gone on from until all is as if nobody had died.
 */
class RetentionCrashSimulationTest {
  private static final int SEEDS = 2;
  private static final int BETWEEN_DEATHS_MAX = 60;

  @TempDir private Path directory;

  @Test
  void deletions_that_are_cut_short_anywhere_are_gone_on_from() {
    int deaths = 0;
    int wiped = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Run calm = new Run(seed, "calm");
      calm.live(Long.MAX_VALUE);
      Run run = new Run(seed, "dying");
      run.dieAgainAndAgain();

      assertThat(run.records()).as("seed %d", seed).isEqualTo(calm.records());
      assertThat(run.outdated()).as("seed %d", seed).isEmpty();
      deaths += run.deaths;
      wiped += run.wiped;
    }
    assertThat(deaths).as("deaths").isGreaterThan(5 * SEEDS);
    assertThat(wiped).as("machines lost").isPositive();
  }

  private final class Run {
    private final long seed;
    private final String name;
    private final Random random;
    private final MemoryObjectStore bucket = new MemoryObjectStore();
    private final DeletionsOnRecord records = new DeletionsOnRecord();
    private final HandClock clock = new HandClock(Instant.EPOCH.plusSeconds(5_000));
    private final LogOffset end;
    private final List<ChainHead> heads;
    private int deaths;
    private int wiped;

    Run(long seed, String name) {
      this.seed = seed;
      this.name = name;
      this.random = new Random(seed);
      try (RetainingMachine machine = machine(new Deaths())) {
        machine.take(seed);
        end = machine.end();
      }
      heads = verified(new LocalSegmentFiles(log())).heads();
    }

    private Path disk() {
      return directory.resolve("%s-%d-%d".formatted(name, seed, wiped));
    }

    private Path log() {
      return disk().resolve(RetainingMachine.LOG);
    }

    private RetainingMachine machine(Deaths killer) {
      return new RetainingMachine(
          disk(),
          killer.over((ObjectStore) bucket),
          killer.over(records),
          new UUID(0, seed),
          clock);
    }

    /** Whether it came to an end. */
    boolean live(long operations) {
      Deaths killer = new Deaths();
      try (RetainingMachine machine = machine(killer)) {
        killer.after(operations);
        ScopedValue.where(Disk.FAULTS, killer).run(machine::live);
        return true;
      } catch (Killed killed) {
        return false;
      }
    }

    void dieAgainAndAgain() {
      while (!live(1 + random.nextInt(BETWEEN_DEATHS_MAX))) {
        deaths++;
        requireSound();
        if (random.nextInt(4) == 0) {
          wiped++;
        }
      }
      requireSound();
    }

    private void requireSound() {
      verified(new LocalSegmentFiles(log()));
      VerifiedLog archived = verified(new ArchivedSegmentFiles(bucket, RetainingMachine.LOG));
      assertThat(archived.heads()).as("seed %d", seed).startsWith(heads.toArray(ChainHead[]::new));
    }

    private VerifiedLog verified(SegmentFiles files) {
      VerifiedLog verified =
          new LogVerification(RetainingMachine.LOG, files, (_, _) -> {}).with(records::has).run();
      assertThat(verified.damage()).as("seed %d after %d deaths", seed, deaths).isEmpty();
      return verified;
    }

    List<String> records() {
      try (RetainingMachine machine = machine(new Deaths())) {
        return machine.records(end);
      }
    }

    /** Objects that another generation has taken the place of. */
    Set<String> outdated() {
      Set<String> segments = new HashSet<>();
      Set<String> outdated = new HashSet<>();
      for (StoredObject object : bucket.list(RetainingMachine.LOG, Optional.empty())) {
        String segment = object.key().value().replaceAll("\\.segment.*", "");
        if (!segments.add(segment)) {
          outdated.add(object.key().value());
        }
      }
      return outdated;
    }
  }
}
