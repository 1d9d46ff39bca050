package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log on a disk that fails between any two operations, and on a machine that loses its power: it
 * is opened anew after each, and what comes then is what it says was not stored. What it once said
 * to be durable is there ever after, once, at its offset.
 */
class DiskFaultsSimulationTest {
  private static final int SEEDS = 100;
  private static final int STEPS = 120;
  private static final int FAULT_ONE_IN = 25;

  @TempDir private Path directory;

  @Test
  void what_was_durable_outlives_every_fault_and_nothing_is_lost_or_doubled() throws IOException {
    int faults = 0;
    int stored = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed);
      ScopedValue.where(Disk.FAULTS, run.disk)
          .call(
              () -> {
                run.run();
                return run;
              });
      faults += run.disk.faults;
      stored += run.durable.size();
    }
    assertThat(faults).as("operations that failed").isGreaterThan(SEEDS);
    assertThat(stored).as("records that were durable all the same").isGreaterThan(SEEDS);
  }

  /** One seeded run. */
  private final class Run {
    private final long seed;
    private final SplittableRandom dice;
    private final FaultyDisk disk;
    private final List<String> durable = new ArrayList<>();
    private SegmentedLog<String> log;
    private int next;

    Run(long seed) {
      this.seed = seed;
      this.dice = new SplittableRandom(seed);
      this.disk = new FaultyDisk(seed);
      this.log = open();
    }

    void run() throws IOException {
      goOn();
      for (int step = 0; step < STEPS; step++) {
        try {
          step();
        } catch (Unavailable e) {
          begin();
        }
      }
      disk.failOneIn(Integer.MAX_VALUE);
      begin();
      log.sync();
      note();
      assertThat(durable).as("seed %d", seed).hasSize(next);
      log.close();
    }

    private void step() throws IOException {
      switch (dice.nextInt(12)) {
        case 0 -> log.seal();
        case 1 -> losePower();
        case 2, 3, 4, 5 -> {
          log.sync();
          note();
        }
        default -> log.append(record(next++));
      }
    }

    private void losePower() throws IOException {
      log.close();
      disk.losePower();
      begin();
    }

    /** As the server is made anew: until storage takes it. */
    private void begin() {
      log.close();
      while (true) {
        try {
          log = open();
          break;
        } catch (Unavailable e) {
          assertThat(disk.faults).as("seed %d", seed).isLessThan(10_000);
        }
      }
      goOn();
    }

    /** What is not in the log comes again; what is in it must be as it was. */
    private void goOn() {
      note();
      next = (int) log.end().value();
      disk.failOneIn(FAULT_ONE_IN);
    }

    private SegmentedLog<String> open() {
      return SegmentedLog.open(
          directory.resolve("log-" + seed),
          new TextCodec(),
          LogSettings.of("test", new UUID(5, seed), () -> Instant.EPOCH)
              .withSegmentBytes(400)
              .withBlockBytes(100));
    }

    private void note() {
      List<String> records = new ArrayList<>();
      try (LogReader<String> reader = log.reader(LogOffset.ZERO)) {
        while (reader.next()) {
          records.add(reader.record());
        }
      }
      assertThat(records).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(durable.size());
      assertThat(records.subList(0, durable.size())).as("seed %d", seed).isEqualTo(durable);
      for (int i = durable.size(); i < records.size(); i++) {
        assertThat(records.get(i)).as("seed %d", seed).isEqualTo(record(i));
        durable.add(records.get(i));
      }
    }

    private static String record(int number) {
      return "record-" + number;
    }
  }
}
