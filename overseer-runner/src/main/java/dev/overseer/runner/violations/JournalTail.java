package dev.overseer.runner.violations;

import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.runner.journal.VerdictId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The verdicts that the journal holds beyond the runner's checkpoint, until they are judged again.
 * A check's cuts come in order: once a later one is new, those before it will not come again, as
 * happens when the check's definition has changed meanwhile. Not safe for many threads.
 */
final class JournalTail implements JournalFold {
  private final Set<CheckName> declared;
  private final Map<CheckName, Map<VerdictId, EffectiveTime>> cuts = new HashMap<>();

  /** Verdicts of checks that are not {@code declared} will not come again. */
  JournalTail(Set<CheckName> declared) {
    this.declared = declared;
  }

  @Override
  public void apply(LogOffset offset, JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Judged judged -> add(judged.verdict());
      case JournalEntry.QuietVerdicts quiet ->
          quiet.verdicts().forEach(verdict -> add(quiet.whole(verdict)));
      case JournalEntry.Activated _,
          JournalEntry.Transitioned _,
          JournalEntry.IncidentTransitioned _,
          JournalEntry.Escalated _,
          JournalEntry.Delivered _,
          JournalEntry.DeliveryFailed _,
          JournalEntry.DeliveryGivenUp _ -> {}
    }
  }

  /** Whether every verdict of the tail has come again, or will not. */
  boolean isDone() {
    return cuts.isEmpty();
  }

  /** Whether the verdict is in the tail; each is found once. */
  boolean take(Verdict verdict) {
    Map<VerdictId, EffectiveTime> ofCheck = cuts.get(verdict.check());
    if (ofCheck == null) {
      return false;
    }
    boolean found = ofCheck.remove(VerdictId.of(verdict)) != null;
    if (!found && verdict.isComplete()) {
      ofCheck.values().removeIf(cut -> cut.isBefore(verdict.cut()));
    }
    if (ofCheck.isEmpty()) {
      cuts.remove(verdict.check());
    }
    return found;
  }

  private void add(Verdict verdict) {
    if (declared.contains(verdict.check())) {
      cuts.computeIfAbsent(verdict.check(), _ -> new HashMap<>())
          .put(VerdictId.of(verdict), verdict.cut());
    }
  }
}
