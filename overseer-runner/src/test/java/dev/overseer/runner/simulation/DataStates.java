package dev.overseer.runner.simulation;

import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.simulation.ReferenceModel.Said;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.Violation;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which roots fail by the verdicts on record: those whose greatest cut that passed or failed did
 * fail, whichever definition of their check said so.
 */
final class DataStates {
  private final Map<Subject, Said> recorded = new HashMap<>();
  private final Set<Subject> retired = new HashSet<>();

  private record Subject(CheckName check, RecordKey root) {
    ViolationId violation() {
      return ViolationId.of(check, root);
    }
  }

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
    if (entry instanceof JournalEntry.Transitioned moved && moved.move().to() == State.RETIRED) {
      retired.add(new Subject(moved.check(), moved.root()));
    }
    entry.wholeVerdicts().filter(Verdict::isComplete).forEach(this::add);
  }

  /** Whoever is judged again at its greatest cut, or later, is not retired any more. */
  private void add(Verdict verdict) {
    Said said = Said.of(verdict);
    Subject subject = new Subject(verdict.check(), verdict.root());
    Said before = recorded.get(subject);
    if (said.decides() && (before == null || said.cut() >= before.cut())) {
      recorded.put(subject, said);
      retired.remove(subject);
    }
  }

  void hold(ViolationBook violations) {
    for (Violation open : violations.current()) {
      Invariant.DATA_STATE.require(
          recorded.containsKey(new Subject(open.check(), open.root())),
          () -> "Open without a verdict: " + open);
    }
    recorded.forEach((subject, said) -> hold(subject, said, violations.find(subject.violation())));
  }

  private void hold(Subject subject, Said said, Optional<Violation> violation) {
    boolean open = violation.filter(it -> !it.state().isClosed()).isPresent();
    Invariant.DATA_STATE.require(
        open == (said.fails() && !retired.contains(subject)),
        () -> subject + (open ? " is open after " : " is not open after ") + said);
    Invariant.DATA_STATE.require(
        said.fails() == violation.filter(it -> it.data().failing()).isPresent()
            && violation.filter(it -> it.data().cut().micros() != said.cut()).isEmpty(),
        () -> subject + " is not as after " + said + ": " + violation);
  }
}
