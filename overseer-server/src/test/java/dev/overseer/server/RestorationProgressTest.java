package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorationProgressTest {
  private final List<String> lines = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private final RestorationProgress progress =
      new RestorationProgress("updates", () -> now.toNanos(), lines::add);

  @Test
  void a_restoration_tells_its_rate_and_how_long_it_will_take() {
    now = Duration.ofMillis(1200);
    progress.restored(24_576 << 10, 122_880 << 10);
    assertThat(lines)
        .containsExactly(
            "Brings the log 'updates' back from its archive [####................] 24,576 of"
                + " 122,880 KB, 20,480 KB/s, 5 s left");
  }

  @Test
  void a_log_of_many_small_segments_gives_a_line_a_second_and_one_at_the_end() {
    for (int segment = 1; segment <= 500; segment++) {
      now = now.plusMillis(10);
      progress.restored(segment << 10, 500 << 10);
    }
    assertThat(lines).hasSize(5);
    assertThat(lines.getLast()).contains("500 of 500 KB", "0 s left");
  }
}
