package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibilityTest {
  private static final long EPOCH = 1L << 32;

  @Test
  void what_had_ended_is_seen_and_what_was_in_progress_or_came_later_is_not() {
    Visibility visible = new Visibility(100, 110, new long[] {100, 105});

    assertThat(visible.sees(99)).isTrue();
    assertThat(visible.sees(100)).isFalse();
    assertThat(visible.sees(104)).isTrue();
    assertThat(visible.sees(105)).isFalse();
    assertThat(visible.sees(110)).isFalse();
  }

  @Test
  void the_streams_short_numbers_are_read_in_the_epoch_of_the_reading() {
    Visibility visible = new Visibility(3 * EPOCH + 100, 3 * EPOCH + 110, new long[0]);

    assertThat(visible.sees(99)).isTrue();
    assertThat(visible.sees(110)).isFalse();
    assertThat(visible.sees(0xFFFF_FFF0L)).as("of the epoch before").isTrue();
  }

  @Test
  void a_reading_just_before_the_numbers_wrap_does_not_see_what_comes_after() {
    Visibility visible = new Visibility(2 * EPOCH - 20, 2 * EPOCH - 10, new long[0]);

    assertThat(visible.sees(0xFFFF_FFE0L)).isTrue();
    assertThat(visible.sees(0xFFFF_FFF8L)).isFalse();
    assertThat(visible.sees(5)).as("of the epoch after").isFalse();
  }
}
