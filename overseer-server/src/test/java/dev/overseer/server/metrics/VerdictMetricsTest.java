package dev.overseer.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
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

  private static Transitioned opened(Detection detection) {
    CheckName check = new CheckName("booked-once");
    RecordKey root = RecordKey.of(new ModelName("withdrawal"), "42");
    ViolationId id = ViolationId.of(check, root);
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
    return new Transitioned(id, check, root, move);
  }
}
