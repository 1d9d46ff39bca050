package dev.overseer.runner.violations;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.ViolationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every violation that matters still, folded from the journal and from nothing else: all that are
 * not closed, and the {@link #CLOSED_MAX} that closed last. One that is forgotten opens anew when
 * it fails again, under the same id. Not safe for many threads.
 */
final class ViolationStates {
  static final int CLOSED_MAX = 100_000;

  private final Map<CheckedRoot, Violation> held = new LinkedHashMap<>();
  private final LinkedHashMap<CheckedRoot, Violation> closed = new LinkedHashMap<>();
  private final Map<ViolationId, CheckedRoot> byId = new HashMap<>();

  void apply(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Judged judged -> apply(judged.verdict());
      case JournalEntry.QuietVerdicts quiet -> apply(quiet);
      case JournalEntry.Transitioned moved -> apply(moved);
      case JournalEntry.Activated _,
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

  @Nullable Violation find(CheckedRoot checkedRoot) {
    Violation violation = held.get(checkedRoot);
    return violation == null ? closed.get(checkedRoot) : violation;
  }

  @Nullable Violation find(ViolationId id) {
    CheckedRoot checkedRoot = byId.get(id);
    return checkedRoot == null ? null : find(checkedRoot);
  }

  /** Those that are not closed, the first opened first. */
  Collection<Violation> held() {
    return held.values();
  }

  /** The data pass at {@code cut}, and no step follows from it. */
  void passed(CheckedRoot checkedRoot, EffectiveTime cut) {
    Violation violation = find(checkedRoot);
    if (violation != null && cut.isAfter(violation.data().cut())) {
      put(violation.withData(violation.data().passed(cut)));
    }
  }

  private void apply(JournalEntry.QuietVerdicts quiet) {
    if (held.isEmpty() && closed.isEmpty()) {
      return;
    }
    CheckName check = quiet.check();
    for (JournalEntry.Quiet verdict : quiet.verdicts()) {
      if (verdict.outcome() instanceof Outcome.Passed) {
        passed(new CheckedRoot(check, verdict.root()), verdict.cut());
      }
    }
  }

  private void apply(Verdict verdict) {
    Violation violation = find(new CheckedRoot(verdict.check(), verdict.root()));
    if (violation != null) {
      put(violation.after(verdict));
    }
  }

  private void apply(JournalEntry.Transitioned moved) {
    put(Violation.after(find(new CheckedRoot(moved.check(), moved.root())), moved));
  }

  private void put(Violation violation) {
    CheckedRoot checkedRoot = violation.checkedRoot();
    byId.put(violation.id(), checkedRoot);
    if (!violation.state().isClosed()) {
      closed.remove(checkedRoot);
      held.put(checkedRoot, violation);
    } else if (closed.replace(checkedRoot, violation) == null) {
      held.remove(checkedRoot);
      closed.put(checkedRoot, violation);
      forgetBeyondMax();
    }
  }

  private void forgetBeyondMax() {
    if (closed.size() > CLOSED_MAX) {
      byId.remove(closed.pollFirstEntry().getValue().id());
    }
  }
}
