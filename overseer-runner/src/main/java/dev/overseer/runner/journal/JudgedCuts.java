package dev.overseer.runner.journal;

import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import java.util.HashMap;
import java.util.Map;

/** Of each check the greatest cut that was judged completely. Not safe for many threads. */
public final class JudgedCuts {
  private final Map<CheckName, EffectiveTime> greatest = new HashMap<>();

  public void apply(JournalEntry entry) {
    entry.wholeVerdicts().forEach(this::judged);
  }

  public void judged(Verdict verdict) {
    if (verdict.isComplete()) {
      greatest.merge(verdict.check(), verdict.cut(), EffectiveTime::max);
    }
  }

  /** From when on nothing of the check was judged. */
  public EffectiveTime unjudgedFrom(CheckName check) {
    EffectiveTime last = greatest.get(check);
    return last == null ? EffectiveTime.MIN : last.next();
  }
}
