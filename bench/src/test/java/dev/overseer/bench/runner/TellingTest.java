package dev.overseer.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.bench.measure.Figure;
import org.junit.jupiter.api.Test;

class TellingTest {

  @Test
  void what_a_program_tells_is_read_again_among_all_else_that_it_says() {
    assertThat(
            Telling.read(
                """
                WARN something
                figure cpu of threads: (compiler) = 1.250 s
                figure failures timed = 12.000\s
                done 3000000 updates in 29.500 s
                """))
        .satisfies(
            measured -> {
              assertThat(measured.work()).isEqualTo(3_000_000);
              assertThat(measured.seconds()).isEqualTo(29.5);
              assertThat(measured.figures())
                  .containsExactly(
                      new Figure("cpu of threads: (compiler)", 1.25, "s"),
                      new Figure("failures timed", 12, ""));
            });
  }

  @Test
  void a_program_that_did_not_come_to_its_end_measured_nothing() {
    assertThatThrownBy(() -> Telling.read("figure cpu = 1.000 s\n"))
        .hasMessageContaining("figure cpu");
  }
}
