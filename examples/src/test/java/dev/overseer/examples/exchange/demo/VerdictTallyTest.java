package dev.overseer.examples.exchange.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTallyTest {
  private static final Verdict ONE = verdict("1", 10, Outcome.passed());
  private static final Verdict TWO = verdict("2", 20, Outcome.failed("wrong", "It is wrong"));

  @Test
  void the_order_of_verdicts_does_not_matter() {
    assertThat(tally(ONE, TWO).isSameAs(tally(TWO, ONE))).isTrue();
    assertThat(tally(ONE, TWO).total()).isEqualTo(2);
  }

  @Test
  void a_verdict_more_or_less_is_another_tally() {
    assertThat(tally(ONE).isSameAs(tally(ONE, TWO))).isFalse();
    assertThat(tally(ONE, ONE).isSameAs(tally(ONE))).isFalse();
  }

  @Test
  void another_cut_root_or_outcome_is_another_verdict() {
    VerdictTally one = tally(ONE);
    assertThat(one.isSameAs(tally(verdict("1", 11, Outcome.passed())))).isFalse();
    assertThat(one.isSameAs(tally(verdict("2", 10, Outcome.passed())))).isFalse();
    assertThat(one.isSameAs(tally(verdict("1", 10, Outcome.notApplicable("no"))))).isFalse();
  }

  @Test
  void a_quiet_verdict_of_the_journal_is_a_verdict_like_others() {
    VerdictTally quiet = new VerdictTally();
    quiet.add(
        new JournalEntry.QuietVerdicts(
            ONE.check(),
            ONE.definition(),
            List.of(new JournalEntry.Quiet(ONE.root(), ONE.trigger(), ONE.cut(), ONE.outcome()))));
    assertThat(quiet.isSameAs(tally(ONE))).isTrue();
  }

  private static VerdictTally tally(Verdict... verdicts) {
    VerdictTally tally = new VerdictTally();
    for (Verdict verdict : verdicts) {
      tally.add(verdict);
    }
    return tally;
  }

  private static Verdict verdict(String root, long cut, Outcome outcome) {
    return new Verdict(
        new CheckName("check"),
        new DefinitionHash("abc"),
        RecordKey.of(new ModelName("withdrawal"), root),
        new EffectiveTime(5),
        new EffectiveTime(cut),
        new Completeness.Complete(),
        outcome);
  }
}
