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
    switch (entry) {
      case JournalEntry.Judged judged -> judged(judged.verdict());
      case JournalEntry.QuietVerdicts quiet ->
          quiet.verdicts().forEach(verdict -> judged(quiet.check(), verdict.cut()));
      case JournalEntry.Activated _,
          JournalEntry.Transitioned _,
          JournalEntry.IncidentTransitioned _,
          JournalEntry.ModeChosen _,
          JournalEntry.OfSweep _,
          JournalEntry.Escalated _,
          JournalEntry.Delivered _,
          JournalEntry.DeliveryFailed _,
          JournalEntry.DeliveryGivenUp _,
          JournalEntry.ChangesDeleted _,
          JournalEntry.SubjectErased _ -> {}
    }
  }

  public void judged(Verdict verdict) {
    if (verdict.isComplete()) {
      judged(verdict.check(), verdict.cut());
    }
  }

  private void judged(CheckName check, EffectiveTime cut) {
    greatest.merge(check, cut, EffectiveTime::max);
  }

  /** From when on nothing of the check was judged. */
  public EffectiveTime unjudgedFrom(CheckName check) {
    EffectiveTime last = greatest.get(check);
    return last == null ? EffectiveTime.MIN : last.next();
  }
}
