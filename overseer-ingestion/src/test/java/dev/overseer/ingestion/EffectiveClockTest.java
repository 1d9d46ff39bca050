package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.EffectiveClock.Stamp;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord.TimeBasis;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EffectiveClockTest {
  private static final long SECOND = 1_000_000;

  private final HandClock ours = new HandClock();
  private final long start = ours.micros();
  private final EffectiveClock clock = clock(Duration.ZERO);

  private EffectiveClock clock(Duration offset) {
    return new EffectiveClock(
        offset, Duration.ofSeconds(10), ours, EffectiveTime.MIN, EffectiveTime.MIN);
  }

  @Test
  void a_transaction_takes_effect_at_its_commit_time() {
    assertThat(clock.stamp(start)).isEqualTo(stamp(start, TimeBasis.COMMIT_TIME));
    assertThat(clock.watermark().micros()).isEqualTo(start);
  }

  @Test
  void a_transaction_stamped_before_its_predecessor_takes_its_time() {
    clock.stamp(start + 5);

    assertThat(clock.stamp(start)).isEqualTo(stamp(start + 5, TimeBasis.PREDECESSOR));
    assertThat(clock.stamp(start + 5)).isEqualTo(stamp(start + 5, TimeBasis.COMMIT_TIME));
  }

  @Test
  void a_transaction_stamped_before_a_mark_is_held_to_it() {
    clock.stamp(start);
    assertThat(clock.mark(start + 7)).contains(new EffectiveTime(start + 7));

    assertThat(clock.stamp(start + 6)).isEqualTo(stamp(start + 7, TimeBasis.MARK));
    assertThat(clock.stamp(start + 7)).isEqualTo(stamp(start + 7, TimeBasis.COMMIT_TIME));
  }

  @Test
  void a_mark_that_moves_nothing_is_not_needed() {
    clock.stamp(start);

    assertThat(clock.mark(start)).isEmpty();
    assertThat(clock.mark(start - 1)).isEmpty();
    assertThat(clock.stamp(start - 1).basis()).isEqualTo(TimeBasis.PREDECESSOR);
  }

  @Test
  void the_offset_is_in_every_time() {
    EffectiveClock shifted = clock(Duration.ofSeconds(-3));

    assertThat(shifted.stamp(start).time().micros()).isEqualTo(start - 3 * SECOND);
    assertThat(shifted.mark(start + 1)).contains(new EffectiveTime(start + 1 - 3 * SECOND));
  }

  @Test
  void what_was_stored_before_a_restart_still_binds() {
    EffectiveClock resumed =
        new EffectiveClock(
            Duration.ZERO,
            Duration.ofSeconds(10),
            ours,
            new EffectiveTime(start + 9),
            new EffectiveTime(start + 5));

    assertThat(resumed.stamp(start + 1)).isEqualTo(stamp(start + 9, TimeBasis.MARK));
    assertThat(resumed.stamp(start + 6)).isEqualTo(stamp(start + 9, TimeBasis.PREDECESSOR));
  }

  @Test
  void a_commit_time_far_ahead_of_both_clocks_is_not_believed() {
    clock.believe(start);
    clock.stamp(start);

    assertThat(clock.stamp(start + 11 * SECOND)).isEqualTo(stamp(start, TimeBasis.JUMP));
    assertThat(clock.stamp(start + 9 * SECOND).basis()).isEqualTo(TimeBasis.COMMIT_TIME);
  }

  @Test
  void a_first_commit_time_that_is_not_believed_gives_way_to_our_clock() {
    assertThat(clock.stamp(start + 60 * SECOND)).isEqualTo(stamp(start, TimeBasis.JUMP));
  }

  @Test
  void a_source_whose_clock_always_was_ahead_of_ours_is_believed() {
    clock.believe(start + 3600 * SECOND);
    ours.advance(Duration.ofSeconds(60));

    assertThat(clock.stamp(start + 3660 * SECOND).basis()).isEqualTo(TimeBasis.COMMIT_TIME);
    assertThat(clock.stamp(start + 3680 * SECOND).basis()).isEqualTo(TimeBasis.JUMP);
  }

  @Test
  void a_clock_that_is_behind_ours_may_be_set_right() {
    clock.believe(start - 60 * SECOND);

    assertThat(clock.believe(start)).isTrue();
    assertThat(clock.stamp(start).basis()).isEqualTo(TimeBasis.COMMIT_TIME);
  }

  @Test
  void a_clock_that_steps_an_hour_ahead_and_back_leaves_no_trace() {
    clock.believe(start);
    clock.stamp(start);

    assertThat(clock.believe(start + 3600 * SECOND)).isFalse();
    assertThat(clock.stamp(start + 3600 * SECOND)).isEqualTo(stamp(start, TimeBasis.JUMP));
    ours.advance(Duration.ofSeconds(1));
    assertThat(clock.believe(start + SECOND)).isTrue();
    assertThat(clock.stamp(start + SECOND)).isEqualTo(stamp(start + SECOND, TimeBasis.COMMIT_TIME));
  }

  @Test
  void a_clock_that_steps_back_holds_the_source_until_it_has_caught_up() {
    clock.stamp(start);
    clock.mark(start + SECOND);

    assertThat(clock.stamp(start - 60 * SECOND)).isEqualTo(stamp(start + SECOND, TimeBasis.MARK));
    assertThat(clock.mark(start - 59 * SECOND)).isEmpty();
    assertThat(clock.stamp(start + 2 * SECOND))
        .isEqualTo(stamp(start + 2 * SECOND, TimeBasis.COMMIT_TIME));
  }

  private static Stamp stamp(long micros, TimeBasis basis) {
    return new Stamp(new EffectiveTime(micros), basis);
  }
}
