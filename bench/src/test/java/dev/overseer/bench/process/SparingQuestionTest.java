package dev.overseer.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SparingQuestionTest {
  private static final long LOOK_EVERY = Duration.ofMillis(5).toNanos();

  private long now;
  private int asked;

  /** When it is seen that work is done which takes so long, all the while at the same pace. */
  private Duration seenAfter(Duration work) {
    double nanos = work.toNanos();
    SparingQuestion question =
        new SparingQuestion(
            () -> {
              asked++;
              return Math.min(1, now / nanos);
            },
            () -> now);
    while (!question.getAsBoolean()) {
      now += LOOK_EVERY;
    }
    return Duration.ofNanos(now);
  }

  @Test
  void the_end_is_seen_at_once_however_long_it_was_awaited() {
    Duration work = Duration.ofSeconds(40);

    assertThat(seenAfter(work)).isBetween(work, work.plusMillis(30));
  }

  @Test
  void a_process_is_asked_rarely_while_it_is_far_from_its_end() {
    seenAfter(Duration.ofSeconds(40));

    assertThat(asked).isLessThan(200);
  }

  @Test
  void what_tells_nothing_yet_is_asked_again_soon() {
    SparingQuestion question =
        new SparingQuestion(
            () -> {
              asked++;
              return 0;
            },
            () -> now);
    question.getAsBoolean();
    assertThat(question.getAsBoolean()).isFalse();
    assertThat(asked).isEqualTo(1);

    now += Duration.ofMillis(100).toNanos();
    question.getAsBoolean();
    assertThat(asked).isEqualTo(2);
  }
}
