package dev.overseer.server.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final HandClocks machine = new HandClocks();
  private final SteadyClock clock = machine.clock;

  @Test
  void it_shows_the_systems_time_also_after_a_leap_ahead() {
    machine.pass(HOUR);
    assertThat(clock.instant()).isEqualTo(machine.wall());

    machine.set(HOUR);
    assertThat(clock.instant()).isEqualTo(machine.wall());
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void after_a_little_step_back_it_stands_still_until_the_system_has_caught_up() {
    Instant before = clock.instant();
    machine.set(Duration.ofMillis(-800));

    assertThat(clock.instant()).isEqualTo(before);
    machine.pass(Duration.ofMillis(500));
    assertThat(clock.instant()).isEqualTo(before);
    assertThat(clock.ahead()).isZero();
    machine.pass(Duration.ofMillis(500));
    assertThat(clock.instant()).isEqualTo(before.plusMillis(200)).isEqualTo(machine.wall());
  }

  @Test
  void after_a_large_step_back_it_runs_on_by_itself() {
    Instant before = clock.instant();
    machine.set(HOUR.negated());
    machine.pass(Duration.ofSeconds(3));

    assertThat(clock.instant()).isEqualTo(before.plusSeconds(3));
    assertThat(clock.ahead()).isEqualTo(HOUR);
  }

  @Test
  void it_shows_the_systems_time_again_when_that_is_put_right() {
    clock.instant();
    machine.set(HOUR.negated());
    machine.pass(Duration.ofSeconds(3));
    clock.instant();
    machine.set(HOUR.plusMillis(1));

    assertThat(clock.instant()).isEqualTo(machine.wall());
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void it_never_goes_back_whatever_is_done_to_the_systems_clock() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom dice = new SplittableRandom(seed);
      HandClocks shaken = new HandClocks();
      Instant last = shaken.clock.instant();
      for (int step = 0; step < 200; step++) {
        if (dice.nextInt(5) == 0) {
          shaken.set(Duration.ofMillis(dice.nextLong(-20_000, 20_000)));
        }
        shaken.pass(Duration.ofMillis(dice.nextLong(0, 700)));
        Instant shown = shaken.clock.instant();
        assertThat(shown).as("seed %d, step %d", seed, step).isAfterOrEqualTo(last);
        last = shown;
      }
    }
  }
}
