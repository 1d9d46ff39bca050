package dev.overseer.runner;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.ExecutionStrategy.After;
import dev.overseer.checks.ExecutionStrategy.AtEach;
import dev.overseer.checks.ExecutionStrategy.Custom;
import dev.overseer.checks.ExecutionStrategy.Debounced;
import dev.overseer.checks.ExecutionStrategy.EventuallyWithin;
import dev.overseer.checks.ExecutionStrategy.Immediately;
import dev.overseer.checks.ExecutionStrategy.OneCut;
import dev.overseer.checks.ExecutionStrategy.WhenFresh;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.judging.CutPlanner;
import dev.overseer.runner.judging.CutPlanner.Planned;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.Flight;
import dev.overseer.runner.judging.KnownTables;
import dev.overseer.runner.judging.Prepared;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.AgendaItem;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Lull;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works one check's agenda off in source time, up to the frontier, and gives complete verdicts.
 * Nothing here looks at arrival, at clocks or at how far any source is beyond the frontier: that is
 * what makes complete verdicts the same in every run.
 *
 * <p>Judgements of different roots do not depend on each other, so they are gathered and made
 * together; before anything is decided of a root whose judgement is still open, the open ones are
 * made. They are made by the check's own code, on its own threads, and may take their time: until
 * they are back this check goes no further, and what they are for stays on the agenda.
 */
final class Completion {
  private static final int SWEPT_MAX = 500;

  private final ExecutionStrategy strategy;
  private final Agenda agenda;
  private final RootStates roots;
  private final Judgements judgements;
  private final Scheduler scheduler;
  private final List<Open> open = new ArrayList<>();
  private final Set<RecordKey> openRoots = new HashSet<>();
  private @Nullable Awaited<?, Round> awaited;
  private boolean refused;

  /** What is held on the agenda until there is a verdict on it. */
  private sealed interface Open {
    RecordKey root();

    Prepared<Outcome> prepared();
  }

  /** A judgement that is prepared and not made. */
  private record Judgement(
      RecordKey root,
      EffectiveTime cut,
      List<Judge> held,
      List<Judge> asked,
      Prepared<Outcome> prepared)
      implements Open {
    boolean isFor(Why why) {
      return trigger(why).isPresent();
    }

    /** The earliest trigger among those that asked for this reason. */
    Optional<EffectiveTime> trigger(Why why) {
      EffectiveTime earliest = null;
      for (Judge judge : asked) {
        if (judge.why() == why && (earliest == null || judge.trigger().isBefore(earliest))) {
          earliest = judge.trigger();
        }
      }
      return Optional.ofNullable(earliest);
    }
  }

  /**
   * A trigger for which there is nothing to judge, but an outcome. It goes on record in its turn.
   */
  private record Unplanned(AgendaItem held, RecordKey root, Outcome outcome, Runnable scheduling)
      implements Open {
    EffectiveTime at() {
      return held.at();
    }

    @Override
    public Prepared<Outcome> prepared() {
      return new Prepared.Decided<>(outcome);
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

  /** Whether items were taken of which there are no verdicts yet. */
  boolean isUnderWay() {
    return awaited != null || !open.isEmpty();
  }

  /**
   * @return whether there is more to be done at once: not where judgements are under way, for
   *     nothing goes on before they are back
   */
  boolean advance(
      EffectiveTime frontier,
      int itemsMax,
      Map<SourceName, SourceProgress> progress,
      List<Finding> findings) {
    int sweptMax = Math.min(SWEPT_MAX, itemsMax);
    Round round = new Round(progress, judgements.known(progress), sweptMax, findings);
    int done = 0;
    refused = false;
    boolean goesOn = land(round) && judgements.gate().isOpen();
    if (!goesOn && awaited == null) {
      giveBack(open);
      open.clear();
      openRoots.clear();
    }
    AgendaItem next = agenda.firstBefore(frontier);
    while (goesOn && next != null && done < itemsMax) {
      goesOn = take(next, round);
      done++;
      next = agenda.firstBefore(frontier);
    }
    boolean isMore = goesOn && settle(round) && next != null;
    return isMore || (refused && judgements.gate().isOpen());
  }

  /**
   * @return whether the next item may be taken. If not, this one may have been left as it is: then
   *     it comes again
   */
  private boolean take(AgendaItem item, Round round) {
    return switch (item) {
      case Select select -> settleIfDecisive(select.triggers(), round) && select(select, round);
      case Touch touch -> settleFor(touch.root(), round) && touch(touch, round);
      case Lull lull -> settleFor(lull.root(), round) && lull(lull, round);
      case Sweep sweep -> settleIfDecisive(sweep.triggers(), round) && sweep(sweep, round);
      case Discovery discovery -> settle(round) && discover(discovery, round);
      case Judge judge -> settleFor(judge.root(), round) && judge(judge, round);
    };
  }

  private boolean select(Select select, Round round) {
    if (isOfNoUse(select.triggers())) {
      agenda.removeFirst(select);
      return true;
    }
    try {
      for (RecordKey root : judgements.rootsOf(select)) {
        agenda.add(new Touch(select.at(), root, select.triggers(), select.waiting()));
      }
      agenda.removeFirst(select);
      return true;
    } catch (ViewTooLarge tooLarge) {
      // There is no root to name, so the error names the record: a trigger never vanishes unseen.
      Outcome outcome = new Outcome.Errored(String.valueOf(tooLarge.getMessage()));
      agenda.holdFirst(select);
      return open(new Unplanned(select, select.record(), outcome, () -> {}), round);
    }
  }

  private boolean touch(Touch touch, Round round) {
    if (touch.triggers() && strategy instanceof Custom<?>) {
      return plan(touch, touch.root(), cuts -> scheduler.schedule(touch, cuts), round);
    }
    agenda.removeFirst(touch);
    scheduler.schedule(touch, List.of());
    return true;
  }

  private boolean lull(Lull lull, Round round) {
    if (scheduler.counts(lull) && strategy.ofTrigger() instanceof Custom<?>) {
      return plan(lull, lull.root(), cuts -> scheduler.schedule(lull, cuts), round);
    }
    agenda.removeFirst(lull);
    if (scheduler.counts(lull)) {
      scheduler.schedule(lull, List.of());
    }
    return true;
  }

  private boolean plan(
      AgendaItem item, RecordKey root, Consumer<List<EffectiveTime>> scheduling, Round round) {
    agenda.holdFirst(item);
    var asked = new CutPlanner.Asked(root, AsOf.at(item.at()));
    return await(
        new Awaited<>(
            judgements.plan(List.of(asked), round.known()),
            (planned, later) -> planned(item, root, planned, scheduling, later)),
        round);
  }

  private void planned(
      AgendaItem item,
      RecordKey root,
      List<Planned> planned,
      Consumer<List<EffectiveTime>> scheduling,
      Round round) {
    refused = planned.isEmpty();
    if (refused) {
      agenda.giveBack(item);
    } else {
      switch (planned.getFirst()) {
        case Planned.Cuts(List<EffectiveTime> cuts) -> {
          agenda.done(item);
          scheduling.accept(cuts);
        }
        case Planned.Instead(Outcome outcome) -> {
          open(new Unplanned(item, root, outcome, () -> scheduling.accept(List.of())), round);
          // What that schedules may come before what is next on the agenda now.
          settle(round);
        }
      }
    }
  }

  /** Whether anybody waits for an update that triggers nothing is known when all is settled. */
  private boolean settleIfDecisive(boolean triggers, Round round) {
    return triggers || settle(round);
  }

  /** Whether nobody waits for an update that triggers nothing. */
  private boolean isOfNoUse(boolean triggers) {
    return !triggers && !roots.anyWatched();
  }

  /** A few records at a time, so that a table may be as large as it likes. */
  private boolean sweep(Sweep sweep, Round round) {
    if (isOfNoUse(sweep.triggers())) {
      agenda.removeFirst(sweep);
      return true;
    }
    RecordPage page = judgements.records(sweep.alias(), sweep.after(), round.sweptMax());
    page.records().forEach(record -> agenda.add(sweep.found(record)));
    page.last()
        .ifPresentOrElse(
            last -> agenda.replace(sweep.goneTo(last)), () -> agenda.removeFirst(sweep));
    return true;
  }

  /** As long as another table of the view is not known, there is another discovery to come. */
  private boolean discover(Discovery discovery, Round round) {
    if (round.known().whyUnknown(discovery.at()).isPresent()) {
      agenda.removeFirst(discovery);
      return true;
    }
    if (discovery.after().isEmpty()) {
      judgements.sweeps(discovery, round.known()).forEach(agenda::add);
    }
    RootPage page = roots.remembered(discovery.after(), round.sweptMax());
    page.roots().forEach(root -> agenda.add(remembered(discovery, root)));
    page.last()
        .ifPresentOrElse(
            last -> agenda.replace(discovery.goneTo(last)), () -> agenda.removeFirst(discovery));
    return true;
  }

  /** What could not be told may be told now. */
  private Touch remembered(Discovery discovery, RecordKey root) {
    return new Touch(discovery.at(), root, roots.isInDoubt(root), discovery.waiting());
  }

  private boolean judge(Judge first, Round round) {
    RecordKey root = first.root();
    EffectiveTime cut = first.at();
    List<Judge> held = scheduler.hold(root, cut);
    List<Judge> asked = roots.isFailing(root) ? held : withoutHealing(held);
    if (asked.isEmpty()) {
      if (!held.isEmpty()) {
        scheduler.done(root, held);
      }
      return true;
    }
    Prepared<Outcome> prepared = judgements.prepare(root, AsOf.at(cut), round.known());
    return open(new Judgement(root, cut, held, asked, prepared), round);
  }

  private boolean open(Open one, Round round) {
    open.add(one);
    openRoots.add(one.root());
    return open.size() < judgements.gate().askedMax() || settle(round);
  }

  /** The root may have healed between the update and now. */
  private static List<Judge> withoutHealing(List<Judge> asked) {
    for (Judge judge : asked) {
      if (judge.why() == Why.HEALING) {
        return asked.stream().filter(one -> one.why() != Why.HEALING).toList();
      }
    }
    return asked;
  }

  private boolean settleFor(RecordKey root, Round round) {
    return !openRoots.contains(root) || settle(round);
  }

  /** Makes the open judgements; says whether they are made. */
  private boolean settle(Round round) {
    if (open.isEmpty()) {
      return true;
    }
    Flight<List<Outcome>> flight = judgements.judge(open.stream().map(Open::prepared).toList());
    return await(new Awaited<>(flight, this::settled), round);
  }

  private boolean await(Awaited<?, Round> begun, Round round) {
    awaited = begun;
    return land(round);
  }

  private boolean land(Round round) {
    Awaited<?, Round> flight = awaited;
    if (flight == null) {
      return true;
    }
    if (!flight.flight().isBack()) {
      return false;
    }
    awaited = null;
    flight.land(round);
    return awaited == null && !refused && judgements.gate().isOpen();
  }

  /** What could not be judged is open no more, and comes again. */
  private void settled(List<Outcome> outcomes, Round round) {
    List<Open> settled = List.copyOf(open);
    open.clear();
    openRoots.clear();
    for (int i = 0; i < outcomes.size(); i++) {
      conclude(settled.get(i), outcomes.get(i), round);
    }
    refused = outcomes.size() < settled.size();
    giveBack(settled.subList(outcomes.size(), settled.size()));
  }

  private void giveBack(List<Open> left) {
    for (Open one : left) {
      switch (one) {
        case Judgement judgement -> judgement.held().forEach(agenda::giveBack);
        case Unplanned unplanned -> agenda.giveBack(unplanned.held());
      }
    }
  }

  private void conclude(Open settled, Outcome outcome, Round round) {
    switch (settled) {
      case Judgement judgement -> {
        scheduler.done(judgement.root(), judgement.held());
        conclude(judgement, outcome, round);
      }
      case Unplanned unplanned -> {
        agenda.done(unplanned.held());
        unplanned.scheduling().run();
        record(unplanned.root(), unplanned.at(), unplanned.at(), outcome, false, round);
      }
    }
  }

  private void conclude(Judgement judged, Outcome outcome, Round round) {
    Optional<EffectiveTime> trigger =
        strategy.ofTrigger() instanceof EventuallyWithin
            ? concludeWindows(judged, outcome)
            : judged.trigger(Why.PLAN);
    boolean byDeadline = judged.isFor(Why.PLAN) && isDeadline(judged, outcome);
    trigger
        .or(() -> judged.trigger(Why.HEALING))
        .ifPresent(
            because -> record(judged.root(), because, judged.cut(), outcome, byDeadline, round));
  }

  /**
   * The trigger of the window that this outcome decides, if it decides any: at an update, a pass
   * decides all that are open; at the end of a window, any outcome decides that one alone.
   */
  private Optional<EffectiveTime> concludeWindows(Judgement judged, Outcome outcome) {
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
  private boolean isDeadline(Judgement judged, Outcome outcome) {
    return switch (strategy.ofTrigger()) {
      case After _, Custom<?> _ -> true;
      case AtEach(List<OneCut> parts) -> parts.stream().anyMatch(part -> isDeadline(part, judged));
      case EventuallyWithin _ -> !(outcome instanceof Outcome.Passed);
      case WhenFresh _, Immediately _ -> false;
    };
  }

  private boolean isDeadline(OneCut part, Judgement judged) {
    return part instanceof After after
        && judged.asked().stream()
            .anyMatch(judge -> judge.at().equals(judge.trigger().plus(delay(after))));
  }

  private Duration delay(OneCut part) {
    return strategy instanceof Debounced debounced
        ? debounced.quiet().plus(part.delay())
        : part.delay();
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
