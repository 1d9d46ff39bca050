package dev.overseer.runner.violations;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Outcome.Reason;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.escalation.Notice;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.transitions.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a step down: its grounds, who is to hear of it, and what is owed to them. */
final class Steps {
  private static final int TOLD_UPDATES_MAX = 20;

  private final Escalations escalations;
  private final Storms storms;
  private final Unheard unheard;

  /**
   * Who is to hear of a step.
   *
   * @param now whether they hear of it now, or it is for later only
   */
  private record Hearers(List<String> channels, boolean now) {}

  Steps(Escalations escalations, Storms storms, Unheard unheard) {
    this.escalations = escalations;
    this.storms = storms;
    this.unheard = unheard;
  }

  /** The step that a verdict causes. */
  List<JournalEntry> ofVerdict(
      @Nullable Violation violation, Step step, Judged judged, Finding.Basis basis) {
    Verdict verdict = judged.verdict();
    CheckedRoot of = new CheckedRoot(verdict.check(), verdict.root());
    List<Reason> known = violation == null ? List.of() : violation.reasons();
    return switch (verdict.outcome()) {
      case Outcome.Failed failed -> {
        Grounds grounds = failure(step, judged, failed);
        yield write(
            of,
            violation,
            step,
            judged.at(),
            grounds,
            hearers(violation, step, judged),
            failed.reasons(),
            judged.evidence().updates());
      }
      case Outcome.Passed _, Outcome.NotApplicable _, Outcome.Inconclusive _, Outcome.Errored _ -> {
        List<Evidence.Update> healing = healing(violation, basis);
        Grounds grounds = new Grounds.Healing(judged.id(), verdict.cut(), healing);
        Hearers hearers =
            violation == null ? new Hearers(List.of(), false) : asBefore(violation, step);
        yield write(of, violation, step, judged.at(), grounds, hearers, known, healing);
      }
    };
  }

  /** The step that a person, a clock or the configuration causes. */
  List<JournalEntry> of(Violation violation, Step step, Instant at, Grounds grounds) {
    return write(
        violation.checkedRoot(),
        violation,
        step,
        at,
        grounds,
        asBefore(violation, step),
        violation.reasons(),
        List.of());
  }

  /** Its check is told of, and nobody has heard that it is open. */
  List<JournalEntry> ofActivation(Violation violation, Step step, Instant at) {
    boolean swallowed = storms.wouldBeTooMany(violation.check(), at);
    Hearers hearers = swallowed ? new Hearers(List.of(), false) : asBefore(violation, step);
    return write(
        violation.checkedRoot(),
        violation,
        step,
        at,
        new Grounds.Configuration("its check is active now"),
        hearers,
        violation.reasons(),
        List.of());
  }

  private List<JournalEntry> write(
      CheckedRoot of,
      @Nullable Violation violation,
      Step step,
      Instant at,
      Grounds grounds,
      Hearers hearers,
      List<Reason> reasons,
      List<Evidence.Update> updates) {
    ViolationId id = ViolationId.of(of.check(), of.root());
    long sequence = violation == null ? 1 : violation.sequence() + 1;
    Move move = Move.taken(id, sequence, step, at, grounds, hearers.channels());
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(new Transitioned(id, of.check(), of.root(), move));
    if (hearers.now()) {
      entries.addAll(
          escalations.owed(
              id,
              step,
              new Notice.OfViolation(id, of.check(), of.root(), move, reasons, latest(updates))));
    }
    return entries;
  }

  /**
   * Who heard of it before is to hear of it again. What opens while its check is not told of is
   * told when it is. What a storm swallowed is told to nobody, until it fails anew in calmer times.
   */
  private Hearers hearers(@Nullable Violation violation, Step step, Judged judged) {
    Verdict verdict = judged.verdict();
    boolean told = escalations.isTold(verdict.check());
    boolean opens = step.cause() == Cause.FAILED;
    if (opens && told && storms.wouldBeTooMany(verdict.check(), judged.at())) {
      return new Hearers(List.of(), false);
    }
    Set<String> channels = new LinkedHashSet<>();
    if (violation != null && !opens) {
      channels.addAll(violation.channels());
    }
    if (opens || !storms.isRaging(verdict.check(), judged.at())) {
      channels.addAll(escalations.channels(verdict));
    }
    return new Hearers(List.copyOf(channels), told);
  }

  /** How it goes on with what nobody heard of, nobody is to hear either, before it fails anew. */
  private Hearers asBefore(Violation violation, Step step) {
    boolean isKnown = step.to() == State.OPEN || !unheard.contains(violation);
    return new Hearers(violation.channels(), isKnown && escalations.isTold(violation.check()));
  }

  private static Grounds failure(Step step, Judged judged, Outcome.Failed failed) {
    Optional<Detection> detection =
        step.cause() == Cause.FAILED ? Optional.of(detection(judged)) : Optional.empty();
    return new Grounds.Failure(judged.id(), judged.verdict().cut(), failed.reasons(), detection);
  }

  private static Detection detection(Judged judged) {
    EffectiveTime cut = judged.verdict().cut();
    return switch (judged.evidence().decider()) {
      case Evidence.Decider.LatestUpdate latest -> {
        Duration taken = Duration.between(latest.commitTime(), judged.at());
        Duration asked = Duration.between(latest.effectiveTime().toInstant(), cut.toInstant());
        yield new Detection(taken, taken.minus(asked));
      }
      case Evidence.Decider.Deadline _ -> {
        Duration taken = Duration.between(cut.toInstant(), judged.at());
        yield new Detection(taken, taken);
      }
    };
  }

  private static List<Evidence.Update> healing(@Nullable Violation violation, Finding.Basis basis) {
    return basis.updatesAfter(violation == null ? EffectiveTime.MIN : violation.data().failedCut());
  }

  private static List<Evidence.Update> latest(List<Evidence.Update> updates) {
    return updates.subList(Math.max(0, updates.size() - TOLD_UPDATES_MAX), updates.size());
  }
}
