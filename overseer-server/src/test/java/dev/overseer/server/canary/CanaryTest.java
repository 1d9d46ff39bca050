package dev.overseer.server.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.MemoryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A canary whose finds are told by the test, and a clock that is cranked by hand. */
class CanaryTest {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));
  private final List<Duration> detected = new ArrayList<>();
  private final IncidentBook incidents =
      new IncidentBook(
          new MemoryLog<>(new UUID(0, 2)),
          new Escalations(List.of(), List.of(), List.of()),
          () -> now);
  private final Canary canary =
      new Canary(EVERY, log, Optional.empty(), incidents, detected::add, () -> now);

  @Test
  void one_break_is_planted_in_a_period_and_healed_when_it_was_found() {
    pass(EVERY.minusMillis(1));
    assertThat(changes()).isEmpty();

    pass(Duration.ofMillis(1));
    pass(Duration.ofMillis(1300));
    canary.heard(failed(changes().getLast()), now);
    pass(EVERY.minusMillis(1300));

    assertThat(detected).containsExactly(Duration.ofMillis(300));
    assertThat(changes()).hasSize(3);
    assertThat(canary.plantedCount()).isEqualTo(2);
    assertThat(canary.foundCount()).isEqualTo(1);
  }

  @Test
  void what_belongs_to_an_earlier_break_or_to_another_check_is_no_find() {
    pass(EVERY);
    EffectiveTime planted = changes().getLast();

    canary.heard(failed(planted.previous()), now);
    canary.heard(provisional(planted), now);

    assertThat(canary.foundCount()).isZero();
  }

  @Test
  void a_break_that_is_not_found_is_an_incident_until_one_is() {
    pass(EVERY);
    pass(EVERY.multipliedBy(3).minusMillis(1));
    assertThat(incidents.current()).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(incidents.current())
        .extracting(Incident::kind)
        .containsExactly(IncidentKind.CANARY_SILENT);
    assertThat(canary.isSilent()).isTrue();
    assertThat(changes()).hasSize(1);

    canary.heard(failed(changes().getLast()), now);
    pass(Duration.ofMillis(1));
    assertThat(incidents.current()).isEmpty();
    assertThat(canary.isSilent()).isFalse();
  }

  /** In steps of a second at most. */
  private void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Instant next = now.plusSeconds(1);
      now = next.isBefore(end) ? next : end;
      while (canary.step()) {
        // Until there is nothing to do now.
      }
    }
    log.sync();
  }

  /** When each change took effect. */
  private List<EffectiveTime> changes() {
    List<EffectiveTime> times = new ArrayList<>();
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof LogRecord.Commit commit) {
          times.add(commit.effectiveTime());
        }
      }
    }
    return times;
  }

  private JournalEntry failed(EffectiveTime trigger) {
    return judged(trigger, new Verdict.Completeness.Complete());
  }

  private JournalEntry provisional(EffectiveTime trigger) {
    return judged(trigger, new Verdict.Completeness.Provisional(List.of(new SourceName("any"))));
  }

  private JournalEntry judged(EffectiveTime trigger, Verdict.Completeness completeness) {
    Verdict verdict =
        new Verdict(
            CanaryDefinitions.CHECK,
            new DefinitionHash("0".repeat(32)),
            RecordKey.of(new ModelName(CanaryDefinitions.NAME), "1"),
            trigger,
            trigger.plus(CanaryDefinitions.SETTLE),
            completeness,
            Outcome.failed("planted", "It is broken"));
    Evidence evidence = new Evidence(List.of(), 0, Map.of(), new Evidence.Decider.Deadline());
    return new JournalEntry.Judged(new VerdictId("0".repeat(32)), verdict, evidence, now);
  }
}
