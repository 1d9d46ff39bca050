package dev.overseer.runner.escalation;

import static dev.overseer.runner.journal.JournalSamples.verdict;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Escalation;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.journal.JournalSamples;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscalationsTest {
  private static final Verdict VERDICT =
      verdict(withdrawal("4711"), 1, Outcome.failed("missing", "It is not booked"));

  private record Booking(String id) {}

  @Test
  void the_log_hears_where_nothing_is_configured() {
    assertThat(new Escalations(List.of(), List.of(), List.of()).channels(VERDICT))
        .containsExactly("log");
  }

  @Test
  void a_check_says_who_hears_else_the_default_channels_do() {
    assertThat(channels(Escalation.byDefault())).containsExactly("pager");
    assertThat(channels(Escalation.to("chat", "log"))).containsExactly("chat", "log");
    assertThat(channels(Escalation.none())).isEmpty();
    assertThat(channels(Escalation.decide(verdict -> List.of("chat", "chat"))))
        .containsExactly("chat");
  }

  @Test
  void a_decision_that_fails_does_not_silence_the_alarm() {
    assertThat(
            channels(
                Escalation.decide(
                    verdict -> {
                      throw new IllegalStateException("cannot decide");
                    })))
        .containsExactly("pager");
    assertThat(channels(Escalation.decide(verdict -> List.of("typo")))).containsExactly("pager");
  }

  @Test
  void a_channel_that_there_is_not_is_refused_at_start() {
    assertThatThrownBy(() -> channels(Escalation.to("chta")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("withdrawal-is-booked-once")
        .hasMessageContaining("'chta'")
        .hasMessageContaining("[chat, log, pager]");
    assertThatThrownBy(() -> new Escalations(List.of(), List.of("pager"), List.of()))
        .isInstanceOf(InvalidRequest.class);
  }

  private static List<String> channels(Escalation escalation) {
    CheckDefinition<Booking> check =
        new CheckDeclaration<>(
                JournalSamples.CHECK, Booking.class, (view, judging) -> Outcome.passed())
            .escalate(escalation)
            .definition();
    return new Escalations(List.of("pager", "chat"), List.of("pager"), List.of(check))
        .channels(VERDICT);
  }
}
