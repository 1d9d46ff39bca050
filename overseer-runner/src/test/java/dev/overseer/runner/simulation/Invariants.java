package dev.overseer.runner.simulation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.simulation.ReferenceModel.Said;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds the durable logs and the coverage against what is expected, after every step. */
final class Invariants {
  private final ReferenceStates states;
  private final Heard heard;
  private final Map<DefinitionHash, CheckDefinition<?>> definitions = new HashMap<>();
  private final Map<CheckName, Expectation> expectations = new TreeMap<>();
  private final Map<DefinitionHash, Set<Said>> onRecord = new HashMap<>();
  private final Set<CheckName> declared = new HashSet<>();
  private LogOffset journalSeen = LogOffset.ZERO;

  Invariants(Definitions definitions, ReferenceStates states) {
    this.states = states;
    this.heard = new Heard(definitions);
  }

  /** From now on these checks run, and no others. */
  void declare(Map<DefinitionHash, CheckDefinition<?>> checks) {
    definitions.putAll(checks);
    Set<CheckName> names = new HashSet<>();
    checks.values().forEach(check -> names.add(check.name()));
    expectations.forEach(
        (name, expectation) -> {
          if (names.contains(name) && !declared.contains(name)) {
            expectation.begunAnew();
          }
        });
    declared.clear();
    declared.addAll(names);
  }

  void hold(
      ReadableLog<LogRecord> log, ReadableLog<JournalEntry> journal, List<Coverage> coverage) {
    heard.hear(log, log.end());
    try (LogReader<JournalEntry> reader = journal.reader(journalSeen)) {
      while (reader.next()) {
        hold(reader.record());
        journalSeen = reader.offset().next();
      }
    }
    for (Coverage one : coverage) {
      Expectation expectation = of(one.check());
      expectation.hold(one, frontier(expectation));
    }
  }

  /** The machine is lost: on record is what the bucket has. */
  void lost(ReadableLog<JournalEntry> journal) {
    heard.again();
    onRecord.clear();
    expectations.clear();
    journalSeen = LogOffset.ZERO;
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        remember(reader.record());
        journalSeen = reader.offset().next();
      }
    }
  }

  private void remember(JournalEntry entry) {
    if (entry instanceof JournalEntry.Activated activated) {
      expectations.put(activated.check(), expectation(active(activated)));
    }
    if (entry instanceof JournalEntry.SweepWent went) {
      of(went.check()).swept(went);
    }
    if (entry instanceof JournalEntry.Transitioned moved && moved.move().cause() == Cause.RETIRE) {
      of(moved.check()).begunAnew();
    }
    entry
        .wholeVerdicts()
        .filter(Verdict::isComplete)
        .forEach(
            verdict -> {
              of(verdict.check()).remember(verdict);
              remember(verdict);
            });
  }

  private void remember(Verdict verdict) {
    onRecord.computeIfAbsent(verdict.definition(), _ -> new HashSet<>()).add(Said.of(verdict));
  }

  private void hold(JournalEntry entry) {
    if (entry instanceof JournalEntry.Activated activated) {
      expectations.put(activated.check(), expectation(active(activated)));
    }
    if (entry instanceof JournalEntry.SweepWent went) {
      of(went.check()).swept(went);
    }
    entry.wholeVerdicts().filter(Verdict::isComplete).forEach(this::hold);
  }

  private Expectation expectation(ActiveCheck active) {
    return new Expectation(active, states, onRecord.getOrDefault(active.definition(), Set.of()));
  }

  private ActiveCheck active(JournalEntry.Activated activated) {
    CheckDefinition<?> check = definitions.get(activated.definition());
    if (check == null) {
      throw new AssertionError("Nobody declared " + activated);
    }
    return new ActiveCheck(check, activated.definition(), activated.from());
  }

  private void hold(Verdict verdict) {
    Expectation expectation = of(verdict.check());
    expectation.hold(verdict, frontier(expectation));
    remember(verdict);
  }

  private EffectiveTime frontier(Expectation expectation) {
    return heard.frontier(expectation.active().check().view());
  }

  private Expectation of(CheckName check) {
    Expectation expectation = expectations.get(check);
    if (expectation == null) {
      throw new AssertionError("Not active: " + check);
    }
    return expectation;
  }

  /** At the end, nothing may be missing. */
  void holdAtTheEnd(List<Coverage> coverage) {
    coverage.forEach(one -> of(one.check()).holdAtTheEnd(one));
  }

  /** What is expected of the checks that run. */
  Collection<Expectation> expectations() {
    return declared.stream().map(this::of).toList();
  }
}
