package dev.overseer.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry.Quiet;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.transitions.TransitionTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictMetricsTest {
  private static final Instant APPENDED = Instant.parse("2026-01-02T03:04:05Z");

  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final CheckName CHECK = new CheckName("booked-once");
  private static final RecordKey ROOT = RecordKey.of(new ModelName("withdrawal"), "42");
  private static final DefinitionHash HASH = new DefinitionHash("0".repeat(32));

  @Test
  void the_time_to_detect_lasts_until_the_violation_is_durable() {
    try (Metrics metrics = new Metrics()) {
      Detection handedOver = new Detection(Duration.ofSeconds(3), Duration.ofSeconds(1));

      new VerdictMetrics(metrics).count(opened(handedOver), APPENDED.plusMillis(500));

      assertThat(metrics.scrape())
          .containsPattern("overseer_time_to_detect_seconds_sum\\{.*} 3.5\n")
          .containsPattern("overseer_time_to_detect_beyond_strategy_seconds_sum\\{.*} 1.5\n");
    }
  }

  @Test
  void how_long_a_verdict_took_is_told_by_strategy_and_beyond_it() {
    try (Metrics metrics = new Metrics()) {
      EffectiveTime trigger = EffectiveTime.of(APPENDED);
      Quiet passed = new Quiet(ROOT, trigger, trigger.plus(SETTLE), Outcome.passed());
      QuietVerdicts block = new QuietVerdicts(CHECK, HASH, List.of(passed, passed));

      new VerdictMetrics(metrics).count(block, APPENDED.plusMillis(1250));

      assertThat(metrics.scrape())
          .containsPattern("overseer_verdict_delay_seconds_sum\\{.*} 2.5\n")
          .containsPattern("overseer_verdict_delay_beyond_strategy_seconds_sum\\{.*} 0.5\n")
          .containsPattern("overseer_verdicts_total\\{.*outcome=\"passed\".*} 2.0\n");
    }
  }

  @Test
  void a_source_s_clock_ahead_of_ours_makes_no_delay_negative() {
    try (Metrics metrics = new Metrics()) {
      EffectiveTime ahead = EffectiveTime.of(APPENDED.plusSeconds(5));
      Quiet passed = new Quiet(ROOT, ahead, ahead, Outcome.passed());

      new VerdictMetrics(metrics).count(new QuietVerdicts(CHECK, HASH, List.of(passed)), APPENDED);

      assertThat(metrics.scrape())
          .containsPattern("overseer_verdict_delay_seconds_count\\{.*} 1\n")
          .containsPattern("overseer_verdict_delay_seconds_sum\\{.*} 0.0\n");
    }
  }

  private static Transitioned opened(Detection detection) {
    ViolationId id = ViolationId.of(CHECK, ROOT);
    Grounds failure =
        new Grounds.Failure(
            new VerdictId("0".repeat(32)), EffectiveTime.MIN, List.of(), Optional.of(detection));
    Move move =
        Move.taken(
            id,
            1,
            TransitionTable.find(State.ABSENT, Cause.FAILED).orElseThrow(),
            APPENDED,
            failure,
            List.of());
    return new Transitioned(id, CHECK, ROOT, move);
  }
}
