package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.store.index.IndexDirectory;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.index.ProgressFile;
import dev.overseer.store.index.ProgressPoint;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.log.MemoryLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that is made anew while its source goes on being tailed. */
class IndexBuildingTest {
  private static final SourceName SOURCE = new SourceName("payments");
  private static final int MARKS = 60_000;
  private static final Definitions DEFINITIONS = new Definitions(List.of(), List.of());
  private static final Function<String, ChangeDecoder> DECODERS =
      format -> {
        throw new AssertionError("There is nothing to decode as " + format);
      };

  @TempDir private Path directory;
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final IndexIdentity identity = IndexIdentity.of(log.identity(), DEFINITIONS);
  private int madeWhole;
  private long marks;

  @BeforeEach
  void tail() {
    log.append(new LogRecord.SourceOpened(SOURCE, "postgres", new Incarnation("7", 1), 0));
    mark(MARKS);
  }

  private void mark(int count) {
    for (int i = 0; i < count; i++) {
      marks++;
      log.append(new LogRecord.Mark(SOURCE, new EffectiveTime(marks), new Lsn(marks)));
    }
    log.sync();
  }

  private KeyValueUpdateIndex index() {
    return IndexDirectory.open(
        directory.resolve("index"),
        RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
        DEFINITIONS,
        identity,
        log.end(),
        reason -> {
          throw new AssertionError(reason);
        });
  }

  private IndexBuilding building(KeyValueUpdateIndex index) {
    return new IndexBuilding(
        new Indexer(log, index, DEFINITIONS, DECODERS, (_, _, _) -> {}),
        index,
        log,
        ProgressPoint.BEGINNING.atEnd(log, DEFINITIONS, DECODERS),
        new ProgressFile(directory),
        () -> madeWhole++,
        () -> Instant.EPOCH);
  }

  private static void finish(IndexBuilding building) {
    while (building.step()) {
      // To the log's end.
    }
  }

  private static EffectiveTime watermark(IndexBuilding building) {
    return Objects.requireNonNull(building.progress().get(SOURCE)).watermark();
  }

  @Test
  void where_the_source_goes_on_is_known_before_there_is_an_index() {
    try (KeyValueUpdateIndex index = index();
        IndexBuilding building = building(index)) {
      assertThat(watermark(building)).isEqualTo(new EffectiveTime(MARKS));
      assertThat(building.left()).isEqualTo(log.end().value());
      assertThat(building.unfinished()).isPresent();
    }
  }

  @Test
  void it_is_whole_when_it_has_what_the_log_held_at_the_start_however_much_came_since() {
    try (KeyValueUpdateIndex index = index();
        IndexBuilding building = building(index)) {
      while (building.step() && building.left() > 0) {
        assertThat(madeWhole).isZero();
        assertThat(watermark(building)).isEqualTo(new EffectiveTime(MARKS));
        mark(20);
      }
      assertThat(madeWhole).isOne();
      assertThat(building.unfinished()).isEmpty();
      finish(building);
      assertThat(watermark(building)).isEqualTo(new EffectiveTime(marks));
      assertThat(marks).isGreaterThan(MARKS);
      assertThat(madeWhole).isOne();
    }
  }

  @Test
  void a_crash_in_the_middle_leaves_one_that_is_gone_on_with() {
    LogOffset reached;
    try (KeyValueUpdateIndex index = index()) {
      IndexBuilding building = building(index);
      building.step();
      mark(1_000);
      building.step();
      index.flush();
      reached = index.consumed();
      assertThat(reached).isBetween(new LogOffset(1), new LogOffset(MARKS - 1));
    }
    try (KeyValueUpdateIndex index = index();
        IndexBuilding building = building(index)) {
      assertThat(index.consumed()).isEqualTo(reached);
      assertThat(building.left()).isEqualTo(log.end().value() - reached.value());
      finish(building);
      assertThat(madeWhole).isOne();
      assertThat(watermark(building)).isEqualTo(new EffectiveTime(marks));
    }
  }
}
