package dev.overseer.runner.simulation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.simulation.ReferenceModel.Said;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must hold after every step, judged by the durable logs alone: each complete verdict is one
 * of the model's and its cut was covered; none is on record twice; and coverage claims only what is
 * on record.
 */
final class Invariants {
  private final Map<CheckName, Set<Said>> expected = new HashMap<>();
  private final Map<CheckName, Set<Said>> missing = new HashMap<>();
  private final Map<CheckName, CheckDefinition<?>> checks = new HashMap<>();
  private final Map<SourceName, EffectiveTime> watermarks = new TreeMap<>();
  private final Map<CheckName, Coverage> covered = new HashMap<>();
  private final Set<VerdictId> recorded = new HashSet<>();
  private LogOffset logSeen = LogOffset.ZERO;
  private LogOffset journalSeen = LogOffset.ZERO;

  Invariants(List<ActiveCheck> active, ReferenceStates states) {
    for (ActiveCheck check : active) {
      CheckName name = check.check().name();
      checks.put(name, check.check());
      Set<Said> verdicts =
          new ReferenceModel(check.check(), states, check.from().micros()).verdicts();
      expected.put(name, verdicts);
      missing.put(name, new HashSet<>(verdicts));
    }
  }

  void hold(
      ReadableLog<LogRecord> log, ReadableLog<JournalEntry> journal, List<Coverage> coverage) {
    hear(log);
    verdicts(journal).forEach(this::holds);
    coverage.forEach(this::holds);
  }

  private void hear(ReadableLog<LogRecord> log) {
    try (LogReader<LogRecord> reader = log.reader(logSeen)) {
      while (reader.next()) {
        switch (reader.record()) {
          case LogRecord.Commit commit -> heard(commit.source(), commit.effectiveTime());
          case LogRecord.Mark mark -> heard(mark.source(), mark.watermark());
          case LogRecord.Forked forked -> heard(forked.source(), forked.from());
          case LogRecord.Change _,
              LogRecord.DeadLetter _,
              LogRecord.Expired _,
              LogRecord.Horizon _,
              LogRecord.Schema _,
              LogRecord.SourceOpened _,
              LogRecord.TableReading _,
              LogRecord.TableKnown _,
              LogRecord.TableUnknown _ -> {}
        }
      }
    }
    logSeen = log.end();
  }

  private void heard(SourceName source, EffectiveTime time) {
    watermarks.merge(source, time, EffectiveTime::max);
  }

  private List<Verdict> verdicts(ReadableLog<JournalEntry> journal) {
    List<Verdict> fresh = new java.util.ArrayList<>();
    try (LogReader<JournalEntry> reader = journal.reader(journalSeen)) {
      while (reader.next()) {
        reader.record().wholeVerdicts().forEach(fresh::add);
      }
    }
    journalSeen = journal.end();
    return fresh;
  }

  private void holds(Verdict verdict) {
    if (verdict.isComplete()) {
      require(recorded.add(VerdictId.of(verdict)), "On record twice: " + verdict);
      Said said = said(verdict);
      require(of(expected, verdict.check()).contains(said), unexpected(verdict, said));
      require(verdict.cut().isBefore(frontier(verdict.check())), "Not covered: " + verdict);
      of(missing, verdict.check()).remove(said);
    }
  }

  private String unexpected(Verdict verdict, Said said) {
    List<Said> ofRoot =
        of(expected, verdict.check()).stream()
            .filter(other -> other.root().equals(said.root()))
            .sorted(java.util.Comparator.comparing(Said::cut))
            .toList();
    return "%s should not say %s (%s), but: %s"
        .formatted(verdict.check(), said, verdict.outcome(), ofRoot);
  }

  static Said said(Verdict verdict) {
    return new Said(
        verdict.root(),
        verdict.trigger().micros(),
        verdict.cut().micros(),
        ReferenceStates.told(verdict.outcome()));
  }

  private EffectiveTime frontier(CheckName check) {
    CheckDefinition<?> definition = checks.get(check);
    if (definition == null) {
      throw new AssertionError("No such check: " + check);
    }
    return SmallExchange.DEFINITIONS
        .sourcesOf(SmallExchange.DEFINITIONS.view(definition.view()))
        .stream()
        .map(source -> watermarks.getOrDefault(source, EffectiveTime.MIN))
        .reduce(EffectiveTime.MAX, EffectiveTime::min);
  }

  private void holds(Coverage coverage) {
    if (coverage.equals(covered.put(coverage.check(), coverage))) {
      return;
    }
    EffectiveTime frontier = frontier(coverage.check());
    require(
        coverage.upTo().isBefore(frontier) || frontier.equals(EffectiveTime.MIN),
        "Covered beyond the frontier: " + coverage);
    for (Said said : of(missing, coverage.check())) {
      require(said.trigger() > coverage.upTo().micros(), "Covered and not judged: " + said);
    }
  }

  /** At the end, nothing may be missing. */
  void holdAtTheEnd(List<Coverage> coverage) {
    missing.forEach((check, said) -> require(said.isEmpty(), check + " forgot " + said));
    for (Coverage one : coverage) {
      require(one.upTo().micros() == Substream.END - 1, "Not covered to the end: " + one);
      require(one.notYetDue() == 0 && one.dueButStale() == 0, "Still pending: " + one);
    }
  }

  Map<CheckName, Set<Said>> expected() {
    return expected;
  }

  private static Set<Said> of(Map<CheckName, Set<Said>> verdicts, CheckName check) {
    return verdicts.getOrDefault(check, Set.of());
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  static Collection<Said> flat(Map<CheckName, Set<Said>> verdicts) {
    return verdicts.values().stream().flatMap(Set::stream).toList();
  }
}
