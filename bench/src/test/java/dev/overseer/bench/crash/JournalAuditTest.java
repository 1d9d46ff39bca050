package dev.overseer.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Quiet;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.TransitionId;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import dev.overseer.store.log.MemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JournalAuditTest {
  private static final UUID WITHDRAWAL = new UUID(1, 2);
  private static final CheckName CHECK = new CheckName(CrashChecks.BOOKED);
  private static final RecordKey ROOT =
      RecordKey.of(new ModelName("withdrawal"), WITHDRAWAL.toString());
  private static final ViolationId VIOLATION = ViolationId.of(CHECK, ROOT);

  private final MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 1));
  private final Problems problems = new Problems();

  private void audit(Map<UUID, Fate> fates) {
    journal.sync();
    JournalAudit.read(journal, problems).compareViolations(fates, new Clerk());
  }

  private static Transitioned step(long sequence, State from, State to) {
    Grounds grounds = new Grounds.Clock();
    Cause cause = to == State.OPEN ? Cause.FAILED : Cause.PASSED;
    return new Transitioned(
        VIOLATION,
        CHECK,
        ROOT,
        new Move(
            TransitionId.of(VIOLATION, sequence, grounds),
            sequence,
            from,
            cause,
            to,
            Instant.EPOCH,
            grounds,
            List.of()));
  }

  private static QuietVerdicts passed(long cut) {
    EffectiveTime time = new EffectiveTime(cut);
    return new QuietVerdicts(
        CHECK,
        new DefinitionHash("%064x".formatted(1)),
        List.of(new Quiet(ROOT, time, time, Outcome.passed())));
  }

  @Test
  void what_was_broken_and_healed_opens_and_heals() {
    journal.append(passed(1));
    journal.append(step(1, State.ABSENT, State.OPEN));
    journal.append(step(2, State.OPEN, State.HEALED));
    journal.append(passed(2));

    audit(Map.of(WITHDRAWAL, Fate.BOOKED_LATE));
    assertThat(problems.isEmpty()).as(problems.toString()).isTrue();
  }

  @Test
  void a_lost_violation_is_a_problem() {
    audit(Map.of(WITHDRAWAL, Fate.NEVER_BOOKED));
    assertThat(problems.toString()).contains("should have been [OPEN], and was []");
  }

  @Test
  void a_violation_that_does_not_heal_is_a_problem() {
    journal.append(step(1, State.ABSENT, State.OPEN));

    audit(Map.of(WITHDRAWAL, Fate.CORRECTED));
    assertThat(problems.toString()).contains("should have been [OPEN, HEALED], and was [OPEN]");
  }

  @Test
  void a_violation_of_a_healthy_withdrawal_is_a_problem() {
    journal.append(step(1, State.ABSENT, State.OPEN));

    audit(Map.of());
    assertThat(problems.toString()).contains("nothing was wrong");
  }

  @Test
  void a_step_taken_twice_is_a_problem() {
    journal.append(step(1, State.ABSENT, State.OPEN));
    journal.append(step(1, State.ABSENT, State.OPEN));

    audit(Map.of(WITHDRAWAL, Fate.NEVER_BOOKED));
    assertThat(problems.toString()).contains("is in the journal twice", "after 1 steps");
  }

  @Test
  void verdicts_other_than_a_replay_s_are_a_problem() {
    journal.append(passed(1));
    journal.sync();

    JournalAudit audit = JournalAudit.read(journal, problems);
    audit.compareVerdicts(audit.completeVerdicts());
    assertThat(problems.isEmpty()).as(problems.toString()).isTrue();

    audit.compareVerdicts(Map.of());
    assertThat(problems.toString()).contains("a replay does not judge it");

    JournalAudit.read(new MemoryLog<>(new UUID(0, 2)), problems)
        .compareVerdicts(audit.completeVerdicts());
    assertThat(problems.toString()).contains("the journal does not have it");
  }

  @Test
  void a_verdict_on_record_twice_is_a_problem() {
    journal.append(passed(1));
    journal.append(passed(1));

    audit(Map.of());
    assertThat(problems.toString()).contains("a verdict is in the journal twice");
  }
}
