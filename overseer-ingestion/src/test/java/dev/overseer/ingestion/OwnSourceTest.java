package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.log.MemoryLog;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnSourceTest {
  private static final SourceName SOURCE = new SourceName("own");
  private static final TableName TABLE = new TableName("public", "things");
  private static final byte[] SCHEMA = {1};
  private static final byte[] ROW = {2};

  private final HandClock clock = new HandClock();
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));

  @Test
  void it_is_opened_and_its_table_known_with_the_first_change_and_only_then() {
    OwnSource source = source();
    assertThat(log.appended().value()).isZero();

    EffectiveTime first = commit(source);
    clock.advance(Duration.ofSeconds(1));
    EffectiveTime second = commit(source);
    log.sync();

    StoredSource stored = StoredSource.of(SOURCE, log);
    assertThat(stored.transactions()).hasSize(2);
    assertThat(stored.progress().orElseThrow().known().get(TABLE))
        .allSatisfy(known -> assertThat(known.contains(first)).isTrue());
    assertThat(second).isEqualTo(first.plus(Duration.ofSeconds(1)));
  }

  @Test
  void after_a_start_it_goes_on_where_the_log_ends_and_repeats_nothing() {
    OwnSource before = source();
    EffectiveTime first = commit(before);
    before.passed(first.plus(Duration.ofSeconds(1)));
    log.sync();

    OwnSource after = source();
    clock.advance(Duration.ofSeconds(2));
    commit(after);
    log.sync();

    StoredSource stored = StoredSource.of(SOURCE, log);
    assertThat(stored.transactions())
        .extracting(it -> it.commit().transaction().commit().toString())
        .containsExactly("0/1", "0/2");
    assertThat(stored.transactions().getLast().commit().effectiveTime())
        .isEqualTo(first.plus(Duration.ofSeconds(2)));
  }

  @Test
  void a_clock_that_was_set_back_does_not_take_its_time_back() {
    OwnSource before = source();
    EffectiveTime first = commit(before);
    EffectiveTime passed = first.plus(Duration.ofSeconds(1));
    before.passed(passed);
    log.sync();

    clock.advance(Duration.ofHours(-1));
    OwnSource after = source();
    EffectiveTime second = commit(after);
    after.passed(second);
    log.sync();

    assertThat(second).isGreaterThan(passed);
    assertThat(StoredSource.of(SOURCE, log).progress().orElseThrow().watermark())
        .isGreaterThan(second);
  }

  private OwnSource source() {
    return new OwnSource(
        new SourceDefinition(SOURCE, List.of(TABLE)),
        new Incarnation("own", 1),
        log,
        StoredSource.of(SOURCE, log).progress(),
        clock);
  }

  private EffectiveTime commit(OwnSource source) {
    return source.commit(clock.instant(), "test", SCHEMA, Operation.UPDATE, ROW);
  }
}
