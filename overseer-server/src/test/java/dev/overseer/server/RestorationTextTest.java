package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestorationTextTest {

  @Test
  void a_restoration_tells_its_rate_and_how_long_it_will_take() {
    assertThat(RestorationText.of("updates", 12_288 << 10, 61_440 << 10, 600_000_000))
        .isEqualTo(
            "Brings the log 'updates' back from its archive [####................] 12,288 of 61,440"
                + " KB, 20,480 KB/s, 2 s left");
  }
}
