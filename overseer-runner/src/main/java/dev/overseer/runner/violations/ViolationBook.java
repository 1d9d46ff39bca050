package dev.overseer.runner.violations;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.transitions.Step;
import dev.overseer.runner.transitions.TransitionTable;
import dev.overseer.store.log.AppendLog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All violations, as the journal tells them. It decides which step follows from what, by the {@link
 * TransitionTable}, and appends a step with its cause and with what is owed for it, together. Safe
 * for many threads: one step at a time.
 */
public final class ViolationBook implements JournalFold {
  private static final int TOLD_TOGETHER_MAX = 1000;

  private final AppendLog<JournalEntry> journal;
  private final Escalations escalations;
  private final IncidentBook incidents;
  private final StormRule stormRule;
  private final InstantSource clock;
  private final ViolationStates states = new ViolationStates();
  private final Storms storms;
  private final Unheard unheard = new Unheard();
  private final Steps steps;

  /** Knows nothing before the journal was replayed to it. */
  public ViolationBook(
      AppendLog<JournalEntry> journal,
      Escalations escalations,
      IncidentBook incidents,
      StormRule stormRule,
      InstantSource clock) {
    this.journal = journal;
    this.escalations = escalations;
    this.incidents = incidents;
    this.stormRule = stormRule;
    this.clock = clock;
    this.storms = new Storms(stormRule);
    this.steps = new Steps(escalations, storms, unheard);
  }

  @Override
  public synchronized void apply(LogOffset offset, JournalEntry entry) {
    apply(entry);
  }

  /**
   * Puts findings on record: each with the steps that follow from it, together or not at all. Not
   * durable before the journal is synced.
   */
  synchronized void record(List<Finding> findings) {
    Instant now = now();
    QuietBlocks quiet = new QuietBlocks();
    for (Finding finding : findings) {
      record(finding, now, quiet);
    }
    quiet.entries().forEach(journal::append);
  }

  /**
   * A person does something about a violation. Durable on return.
   *
   * @throws InvalidRequest when no such violation is known, or the action is not possible now: it
   *     says what is
   */
  public synchronized Violation act(ViolationId id, String actor, HumanAction action) {
    Violation violation =
        find(id)
            .orElseThrow(
                () ->
                    new InvalidRequest("There is no violation " + id + ", or it closed long ago"));
    String subject = "the violation of " + violation.check() + " by " + violation.root();
    Step step = TransitionTable.get(violation.state(), action, subject);
    Instant now = now();
    append(steps.of(violation, step, now, Grounds.Person.of(actor, action, now)));
    journal.sync();
    return find(id).orElseThrow();
  }

  /**
   * Opens again what was snoozed until now, tells what nobody heard of while its check was not told
   * of, and ends storms; says whether it did anything.
   */
  public synchronized boolean wake() {
    Instant now = now();
    List<Violation> over =
        states.held().stream()
            .filter(each -> each.snoozedUntil().filter(until -> !until.isAfter(now)).isPresent())
            .toList();
    over.forEach(each -> step(each, Cause.SNOOZE_ENDED, now, new Grounds.Clock()));
    boolean told = tellUnheard(now);
    boolean calmed = endStorms(now);
    if (told || !over.isEmpty()) {
      journal.sync();
    }
    return told || calmed || !over.isEmpty();
  }

  private boolean tellUnheard(Instant now) {
    List<Violation> open =
        unheard
            .of(escalations::isTold)
            .map(states::find)
            .filter(Objects::nonNull)
            .filter(each -> each.state() == State.OPEN)
            .limit(TOLD_TOGETHER_MAX)
            .toList();
    for (Violation each : open) {
      TransitionTable.find(each.state(), Cause.ACTIVATED)
          .ifPresent(step -> append(steps.ofActivation(each, step, now)));
      raiseStorm(each.check(), now);
    }
    return !open.isEmpty();
  }

  /** Retires the violations of checks that are not declared any more. Durable on return. */
  public synchronized void retireAllBut(Set<CheckName> declared) {
    Grounds grounds = new Grounds.Configuration("its check is not declared any more");
    for (Violation violation : List.copyOf(states.held())) {
      if (!declared.contains(violation.check())) {
        step(violation, Cause.RETIRE, now(), grounds);
      }
    }
    journal.sync();
  }

  /** One that is not closed, or closed not long ago. */
  public synchronized Optional<Violation> find(ViolationId id) {
    return Optional.ofNullable(states.find(id));
  }

  /** All that are not closed, the first opened first: those resolved by hand are among them. */
  public synchronized List<Violation> current() {
    return List.copyOf(states.held());
  }

  private void record(Finding finding, Instant now, QuietBlocks quiet) {
    Verdict verdict = finding.verdict();
    CheckedRoot of = new CheckedRoot(verdict.check(), verdict.root());
    Violation violation = states.find(of);
    State from = violation == null ? State.ABSENT : violation.state();
    Optional<Step> step =
        Causes.of(violation, finding).flatMap(cause -> TransitionTable.find(from, cause));
    if (step.isEmpty() && quiet.add(verdict)) {
      if (verdict.outcome() instanceof Outcome.Passed) {
        states.passed(of, verdict.cut());
      }
      return;
    }
    List<JournalEntry> consequences = new ArrayList<>();
    Judged judged = new Judged(VerdictId.of(verdict), verdict, finding.basis().evidence(), now);
    consequences.add(judged);
    step.ifPresent(
        taken -> consequences.addAll(steps.ofVerdict(violation, taken, judged, finding.basis())));
    append(consequences);
    raiseStorm(verdict.check(), now);
  }

  private void step(Violation violation, Cause cause, Instant now, Grounds grounds) {
    TransitionTable.find(violation.state(), cause)
        .ifPresent(step -> append(steps.of(violation, step, now, grounds)));
  }

  /** The journal first: what it does not take has not happened. */
  private void append(List<JournalEntry> entries) {
    journal.appendTogether(entries);
    entries.forEach(this::apply);
  }

  private void apply(JournalEntry entry) {
    states.apply(entry);
    if (entry instanceof Transitioned moved) {
      unheard.apply(moved);
      if (moved.move().channels().isEmpty()) {
        countForStorms(moved.check(), moved.move(), moved.move().at());
      }
    } else if (entry instanceof Escalated escalated
        && escalated.subject() instanceof ViolationId id) {
      find(id)
          .map(Violation::check)
          .ifPresent(
              check ->
                  unheard
                      .heard(check, id)
                      .ifPresent(opening -> countForStorms(check, opening, escalated.at())));
    }
  }

  /** What is new counts when it is told, or swallowed. */
  private void countForStorms(CheckName check, Move opening, Instant at) {
    if (opening.cause() == Cause.FAILED || opening.cause() == Cause.ACTIVATED) {
      storms.opened(check, at);
    }
  }

  private void raiseStorm(CheckName check, Instant now) {
    if (storms.isRaging(check, now)) {
      incidents.raise(
          IncidentKind.STORM,
          check.value(),
          "More than %d new violations within %d s: what comes beyond that is listed, and told by this incident alone"
              .formatted(stormRule.toldMax(), stormRule.window().toSeconds()));
    }
  }

  private boolean endStorms(Instant now) {
    List<Incident> over =
        incidents.current().stream()
            .filter(each -> each.kind() == IncidentKind.STORM)
            .filter(each -> !storms.isRaging(new CheckName(each.subject()), now))
            .toList();
    for (Incident storm : over) {
      long folded = storms.folded(new CheckName(storm.subject()));
      incidents.clear(
          storm.kind(),
          storm.subject(),
          "The storm is over; %d new violations were told by it alone".formatted(folded));
    }
    return !over.isEmpty();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
