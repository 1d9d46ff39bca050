package dev.overseer.bench.crash;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.checks.Verdict;
import dev.overseer.checks.Verdict.Completeness.Complete;
import dev.overseer.model.CheckName;
import dev.overseer.model.LogOffset;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.journal.JournalEntry.Delivered;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.Quiet;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.TransitionId;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.State;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the journal says: no verdict, transition or delivery is in it twice, and its violations are
 * those that the load meant to cause, opened once, and healed once where they were put right.
 */
final class JournalAudit {
  private static final ModelName ROOT = new ModelName("withdrawal");

  private final Problems problems;
  private final Map<VerdictId, Verdict> verdicts = new LinkedHashMap<>();
  private final Map<CheckName, Activated> activations = new LinkedHashMap<>();
  private final Map<ViolationId, List<Move>> violations = new LinkedHashMap<>();
  private final Map<String, Escalated> escalated = new LinkedHashMap<>();
  private final Set<TransitionId> transitions = new HashSet<>();
  private final Set<String> delivered = new HashSet<>();

  private JournalAudit(Problems problems) {
    this.problems = problems;
  }

  static JournalAudit read(ReadableLog<JournalEntry> journal, Problems problems) {
    JournalAudit audit = new JournalAudit(problems);
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        audit.read(reader.record());
      }
    }
    return audit;
  }

  /** Those judged at covered cuts. */
  Map<VerdictId, Verdict> completeVerdicts() {
    Map<VerdictId, Verdict> complete = new HashMap<>(verdicts);
    complete.values().removeIf(verdict -> !verdict.isComplete());
    return complete;
  }

  /** Under which definition, and from when on, each check was judged. */
  Map<CheckName, Activated> activations() {
    return activations;
  }

  /** The outbox by delivery, in the order in which it was filled. */
  Map<String, Escalated> escalated() {
    return escalated;
  }

  int violations() {
    return violations.size();
  }

  /** Whether everything that is owed was taken. */
  boolean isDelivered() {
    return delivered.containsAll(escalated.keySet());
  }

  /** Compares with what the load meant to cause, and what the clerk did about it. */
  void compareViolations(Map<UUID, Fate> fates, Clerk clerk) {
    Map<ViolationId, List<State>> expected = new HashMap<>();
    fates.forEach(
        (withdrawal, fate) ->
            expected.put(
                ViolationId.of(
                    new CheckName(fate.check()), RecordKey.of(ROOT, withdrawal.toString())),
                fate.healed() ? List.of(State.OPEN, State.HEALED) : List.of(State.OPEN)));
    expected.forEach(
        (violation, states) -> {
          List<State> taken =
              violations.getOrDefault(violation, List.of()).stream().map(Move::to).toList();
          if (!clerk.explains(violation, states, taken)) {
            problems.add(
                "the violation %s should have been %s%s, and was %s",
                violation, states, clerk.kept(violation), taken);
          }
        });
    violations.forEach(
        (violation, moves) -> {
          if (!expected.containsKey(violation)) {
            problems.add("nothing was wrong, and there is the violation %s: %s", violation, moves);
          }
        });
  }

  /** What people did is what the clerk did, with the reason that was given for it. */
  void compareReasons(Clerk clerk) {
    violations.forEach(
        (violation, moves) -> {
          for (Move move : moves) {
            if (move.grounds() instanceof Grounds.Person person
                && !clerk.said(violation, move.to(), person.reason())) {
              problems.add("nobody said of the violation %s what %s says", violation, move);
            }
          }
        });
  }

  /** Compares with what a replay of the update log judges. */
  void compareVerdicts(Map<VerdictId, Verdict> replayed) {
    Map<VerdictId, Verdict> recorded = completeVerdicts();
    replayed.forEach(
        (id, verdict) -> {
          Verdict own = recorded.get(id);
          if (own == null) {
            problems.add("a replay judges %s, and the journal does not have it", verdict);
          } else if (!own.equals(verdict)) {
            problems.add("a replay judges %s, and the journal has %s", verdict, own);
          }
        });
    recorded.forEach(
        (id, verdict) -> {
          if (!replayed.containsKey(id)) {
            problems.add("the journal has %s, and a replay does not judge it", verdict);
          }
        });
  }

  private void read(JournalEntry entry) {
    switch (entry) {
      case Judged judged -> add(judged.id(), judged.verdict());
      case QuietVerdicts quiet -> quiet.verdicts().forEach(it -> add(verdict(quiet, it)));
      case Activated activated -> {
        if (activations.put(activated.check(), activated) != null) {
          problems.add("the check %s was activated twice", activated.check());
        }
      }
      case Transitioned transitioned -> add(transitioned);
      case Escalated delivery -> {
        if (escalated.put(delivery.id().hex(), delivery) != null) {
          problems.add("the delivery %s is in the outbox twice", delivery.id());
        }
      }
      case Delivered done -> delivered.add(done.id().hex());
      case JournalEntry.DeliveryGivenUp lost ->
          problems.add("the delivery %s was given up: %s", lost.id(), lost.error());
      case JournalEntry.IncidentTransitioned _,
          JournalEntry.ModeChosen _,
          JournalEntry.OfSweep _,
          JournalEntry.DeliveryFailed _,
          JournalEntry.ChangesDeleted _,
          JournalEntry.SubjectErased _ -> {}
    }
  }

  private void add(Verdict verdict) {
    add(VerdictId.of(verdict), verdict);
  }

  private void add(VerdictId id, Verdict verdict) {
    Verdict before = verdicts.put(id, verdict);
    if (before != null) {
      problems.add("a verdict is in the journal twice: %s", verdict);
    }
  }

  private static Verdict verdict(QuietVerdicts block, Quiet quiet) {
    return new Verdict(
        block.check(),
        block.definition(),
        quiet.root(),
        quiet.trigger(),
        quiet.cut(),
        new Complete(),
        quiet.outcome());
  }

  private void add(Transitioned transitioned) {
    Move move = transitioned.move();
    if (!transitions.add(move.id())) {
      problems.add("the transition %s is in the journal twice", move.id());
    }
    List<Move> moves = violations.computeIfAbsent(transitioned.violation(), _ -> new ArrayList<>());
    State from = moves.isEmpty() ? State.ABSENT : moves.getLast().to();
    if (move.sequence() != moves.size() + 1 || move.from() != from) {
      problems.add(
          "the violation %s was %s after %d steps, and then came %s",
          transitioned.violation(), from, moves.size(), move);
    }
    moves.add(move);
  }
}
