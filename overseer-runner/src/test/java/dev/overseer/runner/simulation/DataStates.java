package dev.overseer.runner.simulation;

import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.simulation.ReferenceModel.Said;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.Violation;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which roots fail by the verdicts on record: those whose greatest cut that passed or failed did
 * fail. An earlier definition may have been judged for later cuts: where the two disagree, nothing
 * is held.
 */
final class DataStates {
  private final Map<Subject, Said> recorded = new HashMap<>();

  private final Set<Subject> retired = new HashSet<>();

  private record Subject(CheckName check, RecordKey root) {}

  static DataStates of(ReadableLog<JournalEntry> journal) {
    DataStates states = new DataStates();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        states.add(reader.record());
      }
    }
    return states;
  }

  private void add(JournalEntry entry) {
    if (entry instanceof JournalEntry.Transitioned moved) {
      Subject subject = new Subject(moved.check(), moved.root());
      retired.remove(subject);
      if (moved.move().to() == State.RETIRED) {
        retired.add(subject);
      }
    }
    entry.wholeVerdicts().filter(Verdict::isComplete).forEach(this::add);
  }

  private void add(Verdict verdict) {
    Said said = Said.of(verdict);
    if (said.decides()) {
      Subject subject = new Subject(verdict.check(), verdict.root());
      recorded.merge(subject, said, DataStates::greater);
    }
  }

  private static Said greater(Said earlier, Said later) {
    return later.cut() < earlier.cut() ? earlier : later;
  }

  void hold(Collection<Violation> violations, Collection<Expectation> expectations) {
    Set<Subject> open = new HashSet<>();
    violations.stream()
        .filter(violation -> !violation.state().isClosed())
        .forEach(violation -> open.add(new Subject(violation.check(), violation.root())));
    for (Expectation expectation : expectations) {
      CheckName check = expectation.active().check().name();
      expectation.decisions().forEach((root, said) -> hold(new Subject(check, root), said, open));
    }
    open.removeAll(recorded.keySet());
    Invariant.DATA_STATE.require(open.isEmpty(), () -> "Open without a verdict: " + open);
  }

  private void hold(Subject subject, Said said, Set<Subject> open) {
    Said last = recorded.get(subject);
    if (last != null
        && last.fails() == said.fails()
        && (last.equals(said) || !retired.contains(subject))) {
      Invariant.DATA_STATE.require(
          open.contains(subject) == said.fails(),
          () -> subject + (said.fails() ? " is not open after " : " is open after ") + said);
    }
  }
}
