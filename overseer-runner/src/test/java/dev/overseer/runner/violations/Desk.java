package dev.overseer.runner.violations;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.NO_EVIDENCE;
import static dev.overseer.runner.journal.JournalSamples.START;
import static dev.overseer.runner.journal.JournalSamples.evidence;
import static dev.overseer.runner.journal.JournalSamples.verdict;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.ErringChecks;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Books over one journal in memory, as one process of Overseer has them. */
public final class Desk {
  static final StormRule CALM = new StormRule(1_000, Duration.ofMinutes(1));

  public final Set<CheckName> observed = new HashSet<>();
  public final HandCrankedClock clock;
  public final MemoryLog<JournalEntry> journal;
  public final IncidentBook incidents;
  public final ViolationBook violations;
  public final JournalVerdictRecorder recorder;
  public final Waking waking;

  private Desk(
      MemoryLog<JournalEntry> journal,
      HandCrankedClock clock,
      StormRule stormRule,
      LogOffset checkpointed) {
    this.journal = journal;
    this.clock = clock;
    Escalations escalations =
        new Escalations(
            List.of("webhook"),
            List.of("log", "webhook"),
            List.of(),
            check -> !observed.contains(check));
    incidents = new IncidentBook(journal, escalations, clock);
    violations = new ViolationBook(journal, escalations, incidents, stormRule, clock);
    JournalReplay.replay(journal, List.of(incidents, violations));
    recorder = nextRecorder(checkpointed);
    waking = new Waking(violations, incidents);
  }

  public static Desk fresh() {
    return fresh(CALM);
  }

  public static Desk fresh(StormRule stormRule) {
    return new Desk(
        new MemoryLog<>(new UUID(0, 1)),
        new HandCrankedClock(START.plusSeconds(100)),
        stormRule,
        LogOffset.ZERO);
  }

  public static Desk onJournal(UUID identity) {
    return new Desk(new MemoryLog<>(identity), new HandCrankedClock(START), CALM, LogOffset.ZERO);
  }

  /** A new process on what was durable, its runner's checkpoint at this offset of the journal. */
  public Desk afterCrash(LogOffset checkpointed) {
    return new Desk(journal.afterCrash(), clock, CALM, checkpointed);
  }

  /** A new process on the first entries of the journal. */
  public Desk onPrefix(long count) {
    MemoryLog<JournalEntry> prefix = new MemoryLog<>(journal.identity());
    entries().limit(count).forEach(prefix::append);
    LogOffset end = prefix.sync();
    return new Desk(prefix, clock, CALM, end);
  }

  /** The recorder of a runner that begins anew in the same process. */
  JournalVerdictRecorder nextRecorder(LogOffset checkpointed) {
    return new JournalVerdictRecorder(
        journal, checkpointed, Set.of(CHECK), violations, new ErringChecks(incidents));
  }

  public static Finding fails(RecordKey root, double trigger, String... codes) {
    List<Outcome.Reason> reasons = new ArrayList<>();
    for (String code : codes) {
      reasons.add(new Outcome.Reason(code, "It has " + code, "1.10", "1.1"));
    }
    return finding(verdict(root, trigger, new Outcome.Failed(reasons)), trigger);
  }

  public static Finding passes(RecordKey root, double trigger) {
    return finding(verdict(root, trigger, Outcome.passed()), trigger);
  }

  static Finding finding(Verdict verdict, double... updates) {
    Evidence evidence = updates.length == 0 ? NO_EVIDENCE : evidence(verdict.root(), updates);
    return new Finding(verdict, () -> evidence);
  }

  public void record(Finding... findings) {
    recorder.record(List.of(findings));
    recorder.sync();
  }

  public Violation act(RecordKey root, HumanAction action) {
    return violations.act(ViolationId.of(CHECK, root), "ann", action);
  }

  public Violation violation(RecordKey root) {
    return violations.find(ViolationId.of(CHECK, root)).orElseThrow();
  }

  public Stream<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        entries.add(reader.record());
      }
    }
    return entries.stream();
  }

  public <E extends JournalEntry> List<E> entries(Class<E> kind) {
    return entries().filter(kind::isInstance).map(kind::cast).toList();
  }
}
