package dev.overseer.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.ModelDatabase.Row;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.UpdateId;
import dev.overseer.store.log.MemoryLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows are read in small chunks while overlapping transactions change, move, delete and truncate
 * them, connections break, what was never confirmed is sent again, standbys are promoted and the
 * program is killed: whatever the schedule, the log then tells the rows as the database has them,
 * every value included.
 */
class ReadingSimulationTest {
  private static final SourceName SOURCE = new SourceName("model");
  private static final int SEEDS = Integer.getInteger("overseer.sim.seeds", 150);
  private static final int RESENT_SEEDS = 10;
  private static final int STEPS = 3000;
  private static final int STEPS_TO_END_MAX = 20_000;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_the_log_tells_is_what_the_database_has(long seed) {
    run(new Simulation(seed, false), seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_the_log_tells_is_what_the_last_promoted_standby_has(long seed) {
    run(new Simulation(seed, true), seed);
  }

  @Test
  void whole_transactions_come_again_and_are_passed_over() {
    long resent = 0;
    for (long seed = 1; seed <= RESENT_SEEDS; seed++) {
      Simulation simulation = new Simulation(seed, false);
      run(simulation, seed);
      resent += simulation.resent();
    }

    assertThat(resent).isGreaterThan(RESENT_SEEDS);
  }

  private static void run(Simulation simulation, long seed) {
    simulation.run();

    assertThat(simulation.told()).as("seed %d", seed).isEqualTo(simulation.database.rows());
    assertThat(simulation.ids()).as("seed %d", seed).doesNotHaveDuplicates();
  }

  private static final class Simulation {
    private static final IngestionSettings SETTINGS = IngestionSettings.DEFAULT;

    private final SplittableRandom random;
    private final boolean forks;
    private final HandClock clock = new HandClock();
    private final ModelDatabase database;
    private MemoryLog<LogRecord> log = new MemoryLog<>(UUID.nameUUIDFromBytes(new byte[0]));
    private Ingestion ingestion;
    private RowReading reading;
    private long resentBefore;

    Simulation(long seed, boolean forks) {
      this.forks = forks;
      random = new SplittableRandom(seed);
      database = new ModelDatabase(random.split(), clock);
      ingestion = ingestion();
      reading = reading();
    }

    private Ingestion ingestion() {
      SourceDefinition definition =
          new SourceDefinition(SOURCE, Set.of(ModelDatabase.TABLE), settings());
      return new Ingestion(
          definition, database, log, StoredSource.of(SOURCE, log).progress(), clock, _ -> {});
    }

    private RowReading reading() {
      return new RowReading(database, ingestion, settings(), clock);
    }

    /** Three rows to a chunk. */
    private static IngestionSettings settings() {
      return SETTINGS.withRowsPerSecond(12);
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step();
      }
      database.finish();
      for (int i = 0; i < STEPS_TO_END_MAX && !isDone(); i++) {
        advance();
      }
      assertThat(isDone()).as("read to the end").isTrue();
    }

    private void step() {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5 -> database.step();
        case 6 -> breakOff();
        default -> advance();
      }
    }

    private void breakOff() {
      switch (random.nextInt(40)) {
        case 0 -> database.breakConnection();
        case 1 -> crash();
        case 2 -> promote();
        default -> log.sync();
      }
    }

    private void promote() {
      if (forks && random.nextInt(3) == 0) {
        database.promoteStandby();
      }
    }

    /** Over all lives of the program. */
    long resent() {
      return resentBefore + ingestion.status().counts().resent();
    }

    private void crash() {
      resentBefore = resent();
      ingestion.close();
      log = log.afterCrash();
      ingestion = ingestion();
      reading = reading();
    }

    private void advance() {
      clock.advance(Duration.ofMillis(random.nextInt(20)));
      switch (random.nextInt(5)) {
        case 0 -> reading.step();
        case 2 -> ingestion.inspected(database.condition());
        case 1 -> log.sync();
        default -> ingestion.step();
      }
    }

    private boolean isDone() {
      return ingestion.status().phase() == Phase.TAILING
          && ingestion.status().received().equals(Optional.of(database.end()));
    }

    Map<Integer, Row> told() {
      log.sync();
      Map<Integer, Row> rows = new TreeMap<>();
      for (LogRecord record : StoredSource.of(SOURCE, log).counting()) {
        fold(rows, new String(((LogRecord.Change) record).raw(), UTF_8).split("\\|"));
      }
      return rows;
    }

    private static void fold(Map<Integer, Row> rows, String[] change) {
      switch (change[0]) {
        case "I" -> rows.put(Integer.valueOf(change[1]), new Row(change[2], change[3]));
        case "U" -> {
          Integer key = Integer.valueOf(change[2]);
          Row before = rows.remove(change[1].isEmpty() ? key : Integer.valueOf(change[1]));
          String large = before == null ? "unknown" : before.large();
          rows.put(key, new Row(change[3], change[4].equals("~") ? large : change[4]));
        }
        case "D" -> rows.remove(Integer.valueOf(change[1]));
        case "T" -> rows.clear();
        default -> throw new AssertionError(change[0]);
      }
    }

    List<UpdateId> ids() {
      return StoredSource.of(SOURCE, log).transactions().stream()
          .flatMap(all -> all.ids().stream())
          .toList();
    }
  }
}
