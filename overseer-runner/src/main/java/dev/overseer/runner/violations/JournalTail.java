package dev.overseer.runner.violations;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.transitions.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The verdicts that the journal holds beyond the runner's checkpoint, until they are judged again.
 * Complete ones of a definition that is still in use all come again. Provisional ones may not:
 * after a complete verdict none comes for its cut or an earlier one. A check that was gone, and its
 * violations with it, begins anew when it is back: what was on record before that is recorded
 * again. Not safe for many threads.
 */
final class JournalTail implements JournalFold {
  private final Set<CheckName> declared;
  private final Map<CheckName, OfCheck> checks = new HashMap<>();

  private static final class OfCheck {
    final Map<DefinitionHash, Set<VerdictId>> complete = new HashMap<>();
    final TreeMap<EffectiveTime, Set<VerdictId>> provisional = new TreeMap<>();

    boolean isDone() {
      return complete.isEmpty() && provisional.isEmpty();
    }
  }

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
      case JournalEntry.Transitioned moved when moved.move().to() == State.RETIRED ->
          checks.remove(moved.check());
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

  /** Whether every verdict of the tail has come again, or will not. */
  boolean isDone() {
    return checks.isEmpty();
  }

  /** Whether the verdict is in the tail; each is found once. */
  boolean take(Verdict verdict) {
    OfCheck ofCheck = checks.get(verdict.check());
    if (ofCheck == null) {
      return false;
    }
    VerdictId id = VerdictId.of(verdict);
    boolean found;
    if (verdict.isComplete()) {
      ofCheck.complete.keySet().retainAll(Set.of(verdict.definition()));
      found = remove(ofCheck.complete, verdict.definition(), id);
      ofCheck.provisional.headMap(verdict.cut(), true).clear();
    } else {
      found = remove(ofCheck.provisional, verdict.cut(), id);
    }
    if (ofCheck.isDone()) {
      checks.remove(verdict.check());
    }
    return found;
  }

  private void add(Verdict verdict) {
    if (declared.contains(verdict.check())) {
      OfCheck ofCheck = checks.computeIfAbsent(verdict.check(), _ -> new OfCheck());
      Set<VerdictId> ids =
          verdict.isComplete()
              ? ofCheck.complete.computeIfAbsent(verdict.definition(), _ -> new HashSet<>())
              : ofCheck.provisional.computeIfAbsent(verdict.cut(), _ -> new HashSet<>());
      ids.add(VerdictId.of(verdict));
    }
  }

  private static <K> boolean remove(Map<K, Set<VerdictId>> sets, K key, VerdictId id) {
    Set<VerdictId> ids = sets.get(key);
    boolean found = ids != null && ids.remove(id);
    if (ids != null && ids.isEmpty()) {
      sets.remove(key);
    }
    return found;
  }
}
