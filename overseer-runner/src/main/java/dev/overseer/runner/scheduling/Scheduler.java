package dev.overseer.runner.scheduling;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.ExecutionStrategy.AtEach;
import dev.overseer.checks.ExecutionStrategy.Custom;
import dev.overseer.checks.ExecutionStrategy.Debounced;
import dev.overseer.checks.ExecutionStrategy.EventuallyWithin;
import dev.overseer.checks.ExecutionStrategy.OfTrigger;
import dev.overseer.checks.ExecutionStrategy.OneCut;
import dev.overseer.checks.ExecutionStrategy.WhenFresh;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Lull;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import dev.overseer.runner.scheduling.AgendaItem.Why;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Turns updates of a root's view into judgements on the agenda, as the check's strategy says.
 *
 * <p>Where a cut depends on the trigger's time alone, as with {@code whenFresh}, it is planned when
 * the trigger arrives, in whatever order. Everything else is decided in source time.
 *
 * <p>The {@link RootStates} know which triggers wait for a cut. With {@code eventuallyWithin} each
 * of them is a window: it has its end on the agenda as a plan; each update of the view meanwhile
 * asks for an evaluation. With {@code whenFresh} cuts that lie close together often find the view
 * as the cut before left it: then they are one judgement.
 *
 * <p>With {@code debounced} a trigger first waits for a lull, which shows whether it counts; what
 * counts is planned as if it had come at that time.
 *
 * <p>Whatever the strategy, an update of a root that fails asks for a healing judgement a little
 * later.
 */
public final class Scheduler {
  private final ExecutionStrategy strategy;
  private final OfTrigger ofTrigger;
  private final Agenda agenda;
  private final RootStates roots;
  private final UnaryOperator<EffectiveTime> windowsSeen;

  /**
   * A trigger that counts.
   *
   * @param at from when its cuts are: its own time, or that of the lull after it
   */
  private record Counted(RecordKey root, EffectiveTime trigger, EffectiveTime at, Waiting waiting) {
    static Counted of(Touch touch) {
      return new Counted(touch.root(), touch.at(), touch.at(), touch.waiting());
    }

    static Counted of(Lull lull) {
      return new Counted(lull.root(), lull.trigger(), lull.at(), lull.waiting());
    }

    Judge judge(EffectiveTime cut, Why why) {
      return new Judge(cut, root, trigger, why, waiting);
    }
  }

  /**
   * @param windowsSeen says from when on a view's totals are of the windows that they are of at a
   *     cut
   */
  public Scheduler(
      ExecutionStrategy strategy,
      Agenda agenda,
      RootStates roots,
      UnaryOperator<EffectiveTime> windowsSeen) {
    this.strategy = strategy;
    this.ofTrigger = strategy.ofTrigger();
    this.agenda = agenda;
    this.roots = roots;
    this.windowsSeen = windowsSeen;
  }

  /** Takes an item that has just arrived, which may lie before others that are here already. */
  public void arrived(AgendaItem item) {
    if (item instanceof Touch touch && touch.triggers() && isCoalescing()) {
      planWhenFresh(touch, Why.PLAN);
    } else {
      agenda.add(item);
    }
  }

  /**
   * The touch is next in source time; the root's state must be that of all earlier cuts.
   *
   * @param customCuts what an author's own strategy said for it, where there is one
   */
  public void schedule(Touch touch, List<EffectiveTime> customCuts) {
    if (isCoalescing()) {
      scheduleWhenFresh(touch);
      return;
    }
    if (touch.triggers()) {
      switch (strategy) {
        case Debounced debounced -> debounce(touch, debounced);
        case OfTrigger _ -> plan(Counted.of(touch), customCuts);
      }
    }
    evaluate(Counted.of(touch));
    heal(touch);
  }

  /** Whether the trigger of the lull, which is next in source time, counts. */
  public boolean counts(Lull lull) {
    return lull.counts() || roots.isLastOfBurst(lull.root(), lull.trigger());
  }

  /**
   * The lull is next in source time, and its trigger counts.
   *
   * @param customCuts what an author's own strategy said for it, where there is one
   */
  public void schedule(Lull lull, List<EffectiveTime> customCuts) {
    if (roots.isLastOfBurst(lull.root(), lull.trigger())) {
      roots.endBurst(lull.root());
    }
    plan(Counted.of(lull), customCuts);
    evaluate(Counted.of(lull));
  }

  private void debounce(Touch touch, Debounced debounced) {
    roots
        .burst(touch.root(), touch.at(), debounced.atMost())
        .ifPresent(last -> agenda.add(lull(touch, last, debounced, true)));
    agenda.add(lull(touch, touch.at(), debounced, false));
  }

  private static Lull lull(
      Touch touch, EffectiveTime trigger, Debounced debounced, boolean counts) {
    EffectiveTime at = trigger.plus(debounced.quiet());
    return new Lull(at, touch.root(), trigger, counts, touch.waiting());
  }

  private void scheduleWhenFresh(Touch touch) {
    if (touch.triggers()) {
      planWhenFresh(touch, Why.PLAN);
    } else {
      roots.touched(touch.root());
      if (roots.isFailing(touch.root())) {
        planWhenFresh(touch, Why.HEALING);
      }
    }
  }

  private void planWhenFresh(Touch touch, Why why) {
    RecordKey root = roots.await(touch.root(), touch.at());
    EffectiveTime cut = touch.at().plus(delay(strategy));
    agenda.add(new Judge(cut, root, touch.at(), why, touch.waiting()));
  }

  private void plan(Counted counted, List<EffectiveTime> customCuts) {
    switch (ofTrigger) {
      case OneCut one -> agenda.add(counted.judge(counted.at().plus(one.delay()), Why.PLAN));
      case AtEach(List<OneCut> parts) ->
          parts.forEach(
              part -> agenda.add(counted.judge(counted.at().plus(part.delay()), Why.PLAN)));
      case EventuallyWithin(Duration within) -> {
        roots.await(counted.root(), counted.trigger());
        agenda.add(counted.judge(counted.at().plus(within), Why.PLAN));
      }
      case Custom<?> _ -> customCuts.forEach(cut -> agenda.add(counted.judge(cut, Why.PLAN)));
    }
  }

  /** While a window of the root is open, each of its view's updates may close it. */
  private void evaluate(Counted counted) {
    if (ofTrigger instanceof EventuallyWithin && roots.hasWaiting(counted.root())) {
      agenda.add(counted.judge(counted.at(), Why.EVALUATION));
    }
  }

  private void heal(Touch touch) {
    if (roots.isFailing(touch.root())) {
      EffectiveTime cut = touch.at().plus(ExecutionStrategy.SETTLE);
      agenda.add(Counted.of(touch).judge(cut, Why.HEALING));
    }
  }

  /** Whether cuts with no update between them are one judgement, which the waiting ones tell. */
  private boolean isCoalescing() {
    return strategy instanceof WhenFresh;
  }

  /**
   * Holds all that asks for a judgement of {@code root} at {@code cut}, which is what is next,
   * until it is {@link #done} or given back.
   *
   * @return what still needs one: nothing when the view is as the last judgement found it
   */
  public List<Judge> hold(RecordKey root, EffectiveTime cut) {
    if (isCoalescing() && roots.isSettledAt(root, cut, windowsSeen.apply(cut))) {
      agenda.removeJudgements(root, cut);
      roots.takeFirstWaiting(root);
      return List.of();
    }
    return agenda.holdJudgements(root, cut);
  }

  /** What was held for one judgement of the root is judged, or needs no judgement. */
  public void done(RecordKey root, List<Judge> held) {
    held.forEach(agenda::done);
    if (isCoalescing()) {
      roots.takeFirstWaiting(root);
    }
  }

  /** How long after its trigger a strategy's last cut lies, at most. */
  public static Duration delay(ExecutionStrategy strategy) {
    Duration delay =
        switch (strategy.ofTrigger()) {
          case OneCut one -> one.delay();
          case AtEach(List<OneCut> parts) ->
              parts.stream().map(OneCut::delay).max(Duration::compareTo).orElseThrow();
          case EventuallyWithin(Duration within) -> within;
          case Custom<?> custom -> custom.horizon();
        };
    return strategy instanceof Debounced debounced ? delay.plus(debounced.quiet()) : delay;
  }

  /** Whether the cuts of one trigger may lie nearer to it than those of another. */
  public static boolean delayVaries(ExecutionStrategy strategy) {
    return switch (strategy.ofTrigger()) {
      case OneCut _, EventuallyWithin _ -> false;
      case AtEach _, Custom<?> _ -> true;
    };
  }

  /** Closes every window of the root, and takes their ends off the agenda. */
  public void closeWindows(RecordKey root) {
    while (roots.hasWaiting(root)) {
      EffectiveTime trigger = roots.takeFirstWaiting(root);
      agenda.remove(
          new Judge(trigger.plus(delay(strategy)), root, trigger, Why.PLAN, new Waiting(0, false)));
    }
  }
}
