package dev.overseer.runner;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.judging.CutPlanner.Planned;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.KnownTables;
import dev.overseer.runner.judging.Prepared;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.AgendaItem;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Why;
import dev.overseer.runner.scheduling.RootStates;
import dev.overseer.runner.scheduling.RootStates.RootPage;
import dev.overseer.runner.scheduling.Scheduler;
import dev.overseer.store.index.RecordPage;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.views.ViewTooLarge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Works one check's agenda off in source time, up to the frontier, and gives complete verdicts.
 * Nothing here looks at arrival, at clocks or at how far any source is beyond the frontier: that is
 * what makes complete verdicts the same in every run.
 *
 * <p>Judgements of different roots do not depend on each other, so they are gathered and made
 * together; before anything is decided of a root whose judgement is still open, the open ones are
 * made.
 */
final class Completion {
  private static final int OPEN_MAX = 256;
  private static final int SWEPT_MAX = 500;

  private final ExecutionStrategy strategy;
  private final Agenda agenda;
  private final RootStates roots;
  private final Judgements judgements;
  private final Scheduler scheduler;
  private final List<Open> open = new ArrayList<>();
  private final Set<RecordKey> openRoots = new HashSet<>();

  /** A judgement that is prepared and not made. */
  private record Open(
      RecordKey root, EffectiveTime cut, List<Judge> asked, Prepared<Outcome> prepared) {
    boolean isFor(Why why) {
      return asked.stream().anyMatch(judge -> judge.why() == why);
    }

    /** The earliest trigger among those that asked for this reason. */
    Optional<EffectiveTime> trigger(Why why) {
      return asked.stream()
          .filter(judge -> judge.why() == why)
          .map(Judge::trigger)
          .min(EffectiveTime::compareTo);
    }
  }

  /**
   * What holds for one call of {@link #advance}.
   *
   * @param sweptMax how much a sweep looks at before others have their turn
   */
  private record Round(
      Map<SourceName, SourceProgress> progress,
      KnownTables known,
      int sweptMax,
      List<Finding> findings) {}

  Completion(
      ExecutionStrategy strategy,
      Agenda agenda,
      RootStates roots,
      Scheduler scheduler,
      Judgements judgements) {
    this.strategy = strategy;
    this.agenda = agenda;
    this.roots = roots;
    this.judgements = judgements;
    this.scheduler = scheduler;
  }

  /**
   * @return whether items before the frontier may be left
   */
  boolean advance(
      EffectiveTime frontier,
      int itemsMax,
      Map<SourceName, SourceProgress> progress,
      List<Finding> findings) {
    int sweptMax = Math.min(SWEPT_MAX, itemsMax);
    Round round = new Round(progress, judgements.known(progress), sweptMax, findings);
    int done = 0;
    AgendaItem next = agenda.firstBefore(frontier);
    while (next != null && done < itemsMax) {
      take(next, round);
      done++;
      next = agenda.firstBefore(frontier);
    }
    settle(round);
    return next != null;
  }

  private void take(AgendaItem item, Round round) {
    switch (item) {
      case Select select -> {
        agenda.removeFirst(select);
        select(select, round);
      }
      case Touch touch -> {
        settleFor(touch.root(), round);
        agenda.removeFirst(touch);
        scheduler.schedule(touch, trigger -> customCuts(trigger, round));
      }
      case Sweep sweep -> sweep(sweep, round);
      case Discovery discovery -> discover(discovery, round);
      case Judge judge -> {
        settleFor(judge.root(), round);
        open(judge.root(), judge.at(), scheduler.take(judge.root(), judge.at()), round);
      }
    }
  }

  private void select(Select select, Round round) {
    if (isOfNoUse(select.triggers(), round)) {
      return;
    }
    try {
      for (RecordKey root : judgements.rootsOf(select)) {
        agenda.add(new Touch(select.at(), root, select.triggers(), select.waiting()));
      }
    } catch (ViewTooLarge tooLarge) {
      rootsNotFound(select, tooLarge, round);
    }
  }

  /** Whether nobody waits for an update that triggers nothing. */
  private boolean isOfNoUse(boolean triggers, Round round) {
    if (triggers) {
      return false;
    }
    settle(round);
    return !roots.anyWatched();
  }

  /** A few records at a time, so that a table may be as large as it likes. */
  private void sweep(Sweep sweep, Round round) {
    if (isOfNoUse(sweep.triggers(), round)) {
      agenda.removeFirst(sweep);
      return;
    }
    RecordPage page = judgements.records(sweep.alias(), sweep.after(), round.sweptMax());
    page.records().forEach(record -> agenda.add(sweep.found(record)));
    page.last()
        .ifPresentOrElse(
            last -> agenda.replace(sweep.goneTo(last)), () -> agenda.removeFirst(sweep));
  }

  /** As long as another table of the view is not known, there is another discovery to come. */
  private void discover(Discovery discovery, Round round) {
    settle(round);
    if (round.known().whyUnknown(discovery.at()).isPresent()) {
      agenda.removeFirst(discovery);
      return;
    }
    if (discovery.after().isEmpty()) {
      judgements.sweeps(discovery, round.known()).forEach(agenda::add);
    }
    RootPage page = roots.remembered(discovery.after(), round.sweptMax());
    page.roots().forEach(root -> agenda.add(remembered(discovery, root)));
    page.last()
        .ifPresentOrElse(
            last -> agenda.replace(discovery.goneTo(last)), () -> agenda.removeFirst(discovery));
  }

  /** What could not be told may be told now. */
  private Touch remembered(Discovery discovery, RecordKey root) {
    return new Touch(discovery.at(), root, roots.isInDoubt(root), discovery.waiting());
  }

  /** There is no root to name, so the error names the record: a trigger never vanishes unseen. */
  private void rootsNotFound(Select select, ViewTooLarge tooLarge, Round round) {
    Outcome outcome = new Outcome.Errored(String.valueOf(tooLarge.getMessage()));
    recordAtOnce(select.record(), select.at(), outcome, round);
  }

  private List<EffectiveTime> customCuts(Touch trigger, Round round) {
    AsOf justAfter = AsOf.at(trigger.at());
    return switch (judgements.plan(trigger.root(), justAfter, round.known())) {
      case Planned.Cuts(List<EffectiveTime> cuts) -> cuts;
      case Planned.Instead(Outcome outcome) -> {
        recordAtOnce(trigger.root(), trigger.at(), outcome, round);
        yield List.of();
      }
    };
  }

  private void open(RecordKey root, EffectiveTime cut, List<Judge> asked, Round round) {
    List<Judge> asking = roots.isFailing(root) ? asked : withoutHealing(asked);
    if (asking.isEmpty()) {
      return;
    }
    open.add(new Open(root, cut, asking, judgements.prepare(root, AsOf.at(cut), round.known())));
    openRoots.add(root);
    if (open.size() >= OPEN_MAX) {
      settle(round);
    }
  }

  /** The root may have healed between the update and now. */
  private static List<Judge> withoutHealing(List<Judge> asked) {
    return asked.stream().filter(judge -> judge.why() != Why.HEALING).toList();
  }

  private void settleFor(RecordKey root, Round round) {
    if (openRoots.contains(root)) {
      settle(round);
    }
  }

  private void settle(Round round) {
    if (open.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = judgements.judge(open.stream().map(Open::prepared).toList());
    for (int i = 0; i < outcomes.size(); i++) {
      conclude(open.get(i), outcomes.get(i), round);
    }
    open.clear();
    openRoots.clear();
  }

  private void conclude(Open judged, Outcome outcome, Round round) {
    Optional<EffectiveTime> trigger =
        strategy instanceof ExecutionStrategy.EventuallyWithin
            ? concludeWindows(judged, outcome)
            : judged.trigger(Why.PLAN);
    boolean byDeadline = judged.isFor(Why.PLAN) && isDeadline(outcome);
    trigger
        .or(() -> judged.trigger(Why.HEALING))
        .ifPresent(
            because -> record(judged.root(), because, judged.cut(), outcome, byDeadline, round));
  }

  /**
   * The trigger of the window that this outcome decides, if it decides any: at an update, a pass
   * decides all that are open; at the end of a window, any outcome decides that one alone.
   */
  private Optional<EffectiveTime> concludeWindows(Open judged, Outcome outcome) {
    boolean passed = outcome instanceof Outcome.Passed;
    if (passed && judged.isFor(Why.EVALUATION) && roots.hasWaiting(judged.root())) {
      EffectiveTime first = roots.firstWaiting(judged.root());
      scheduler.closeWindows(judged.root());
      return Optional.of(first);
    }
    if (judged.isFor(Why.PLAN)) {
      return Optional.of(roots.takeFirstWaiting(judged.root()));
    }
    return Optional.empty();
  }

  /** Whether a planned judgement was due because time had passed, and not because of an update. */
  private boolean isDeadline(Outcome outcome) {
    return switch (strategy) {
      case ExecutionStrategy.After _, ExecutionStrategy.Custom<?> _ -> true;
      case ExecutionStrategy.EventuallyWithin _ -> !(outcome instanceof Outcome.Passed);
      case ExecutionStrategy.WhenFresh _, ExecutionStrategy.Immediately _ -> false;
    };
  }

  /** Verdicts of a check are recorded in the order of their cuts, so those still open go first. */
  private void recordAtOnce(RecordKey root, EffectiveTime at, Outcome outcome, Round round) {
    settle(round);
    record(root, at, at, outcome, false, round);
  }

  private void record(
      RecordKey root,
      EffectiveTime trigger,
      EffectiveTime cut,
      Outcome outcome,
      boolean byDeadline,
      Round round) {
    roots.tell(root, cut, outcome);
    round
        .findings()
        .add(
            judgements.finding(
                root,
                trigger,
                AsOf.at(cut),
                new Completeness.Complete(),
                outcome,
                byDeadline,
                round.progress()));
  }
}
