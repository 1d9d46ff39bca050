package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfirmablePositionsTest {

  @Test
  void a_position_is_confirmable_once_the_record_that_names_it_is_durable() {
    ConfirmablePositions positions = new ConfirmablePositions(new Lsn(100));

    positions.record(new LogOffset(5), new Lsn(110));

    assertThat(positions.recorded()).isEqualTo(new Lsn(110));
    assertThat(positions.confirmable(new LogOffset(5))).isEqualTo(new Lsn(100));
    assertThat(positions.confirmable(new LogOffset(6))).isEqualTo(new Lsn(110));
  }

  @Test
  void whatever_the_order_nothing_is_confirmable_too_early_and_all_is_in_the_end() {
    SplittableRandom random = new SplittableRandom(4);
    ConfirmablePositions positions = new ConfirmablePositions(new Lsn(1));
    TreeMap<Long, SourcePosition> recorded = new TreeMap<>();
    recorded.put(-1L, new Lsn(1));
    long offset = 0;
    long end = 0;
    for (int i = 0; i < 10_000; i++) {
      if (random.nextInt(3) > 0) {
        positions.record(new LogOffset(offset), new Lsn(i + 2));
        recorded.put(offset, new Lsn(i + 2));
        offset += 1 + random.nextInt(5);
      } else {
        end = random.nextLong(end, offset + 1);
        SourcePosition confirmable = positions.confirmable(new LogOffset(end));
        SourcePosition limit = recorded.lowerEntry(end).getValue();
        assertThat(Positions.compare(confirmable, limit)).isLessThanOrEqualTo(0);
      }
    }
    assertThat(positions.confirmable(new LogOffset(offset))).isEqualTo(positions.recorded());
  }

  @Test
  void after_a_start_only_what_is_retained_is_confirmed_until_the_whole_log_is_safe() {
    ConfirmablePositions positions =
        ConfirmablePositions.restored(new Lsn(100), new LogOffset(6), new Lsn(70));

    assertThat(positions.recorded()).isEqualTo(new Lsn(100));
    assertThat(positions.confirmable(new LogOffset(5))).isEqualTo(new Lsn(70));
    assertThat(positions.confirmable(new LogOffset(6))).isEqualTo(new Lsn(100));
  }
}
