package dev.overseer.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.Check;
import dev.overseer.checks.Judging;
import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import dev.overseer.views.UnknownValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeasuredCheckTest {
  private static final Judging JUDGING = new Judging(Instant.EPOCH, "withdrawal/42");

  @Test
  void every_call_is_counted_by_what_it_said_and_answers_as_before() {
    try (Metrics metrics = new Metrics()) {
      Check<Integer> check =
          measured(
              metrics,
              (view, _) -> view > 0 ? Outcome.passed() : Outcome.failed("small", "It is small"));

      assertThat(check.judge(1, JUDGING)).isEqualTo(Outcome.passed());
      assertThat(check.judge(2, JUDGING)).isEqualTo(Outcome.passed());
      assertThat(check.judge(0, JUDGING)).isInstanceOf(Outcome.Failed.class);

      assertThat(runs(metrics, "passed")).isEqualTo("2.0");
      assertThat(runs(metrics, "failed")).isEqualTo("1.0");
      assertThat(metrics.scrape())
          .contains("overseer_check_run_seconds_count{check=\"booked-once\"} 3\n");
    }
  }

  @Test
  void what_throws_is_an_error_unless_it_met_a_value_that_is_not_known() {
    try (Metrics metrics = new Metrics()) {
      Check<Integer> check =
          measured(
              metrics,
              (view, _) -> {
                throw view == 0 ? new IllegalStateException("broken") : new UnknownValue("amount");
              });

      assertThatThrownBy(() -> check.judge(0, JUDGING)).hasMessage("broken");
      assertThatThrownBy(() -> check.judge(1, JUDGING)).isInstanceOf(UnknownValue.class);

      assertThat(runs(metrics, "errored")).isEqualTo("1.0");
      assertThat(runs(metrics, "inconclusive")).isEqualTo("1.0");
    }
  }

  private static Check<Integer> measured(Metrics metrics, Check<Integer> check) {
    return new MeasuredCheck<>(
        check, new CheckRuns(metrics.registry(), new CheckName("booked-once")));
  }

  private static String runs(Metrics metrics, String outcome) {
    return Scrape.of(metrics.scrape())
        .value(
            "overseer_check_runs_total{check=\"booked-once\",outcome=\"%s\"}".formatted(outcome));
  }
}
