package dev.overseer.examples.exchange.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Outcome.Reason;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.TransitionId;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final String ID = "00112233445566778899aabbccddeeff";
  private static final Detection DETECTION =
      new Detection(Duration.ofSeconds(6), Duration.ofSeconds(1));
  private final Findings findings = new Findings();

  @Test
  void a_violation_is_raised_when_it_opens() {
    step(State.ABSENT, Cause.FAILED, State.OPEN, failure("booked-twice"));
    Raised raised = findings.raised().getFirst();
    assertThat(raised.check()).isEqualTo("withdrawal-is-booked-once");
    assertThat(raised.root()).isEqualTo("withdrawal/42");
    assertThat(raised.reasons()).containsExactly("booked-twice");
    assertThat(raised.openings()).isEqualTo(1);
    assertThat(raised.healed()).isFalse();
    assertThat(raised.detection()).isEqualTo(DETECTION);
  }

  @Test
  void healing_is_told() {
    step(State.ABSENT, Cause.FAILED, State.OPEN, failure("booked-twice"));
    step(State.OPEN, Cause.PASSED, State.HEALED, healing());
    assertThat(findings.raised()).singleElement().matches(Raised::healed);
    assertThat(findings.raised().getFirst().detection()).isEqualTo(DETECTION);
  }

  @Test
  void one_that_comes_back_opens_twice_and_is_not_healed() {
    step(State.ABSENT, Cause.FAILED, State.OPEN, failure("booked-twice"));
    step(State.OPEN, Cause.PASSED, State.HEALED, healing());
    step(State.HEALED, Cause.FAILED, State.OPEN, failure("booked-twice"));
    assertThat(findings.raised().getFirst().openings()).isEqualTo(2);
    assertThat(findings.raised().getFirst().healed()).isFalse();
  }

  @Test
  void every_reason_that_it_ever_gave_counts() {
    step(State.ABSENT, Cause.FAILED, State.OPEN, failure("booking-missing"));
    step(State.OPEN, Cause.FAILED_OTHERWISE, State.OPEN, failure("wrong-amount"));
    assertThat(findings.raised().getFirst().reasons())
        .containsExactlyInAnyOrder("booking-missing", "wrong-amount");
    assertThat(findings.raised().getFirst().openings()).isEqualTo(1);
  }

  private void step(State from, Cause cause, State to, Grounds grounds) {
    findings.accept(
        new JournalEntry.Transitioned(
            new ViolationId(ID),
            new CheckName("withdrawal-is-booked-once"),
            RecordKey.of(new ModelName("withdrawal"), "42"),
            new Move(new TransitionId(ID), 1, from, cause, to, Instant.EPOCH, grounds, List.of())));
  }

  private static Grounds failure(String code) {
    return new Grounds.Failure(
        new VerdictId(ID),
        new EffectiveTime(1),
        List.of(new Reason(code, "", "", "")),
        Optional.of(DETECTION));
  }

  private static Grounds healing() {
    return new Grounds.Healing(new VerdictId(ID), new EffectiveTime(2), List.of());
  }
}
