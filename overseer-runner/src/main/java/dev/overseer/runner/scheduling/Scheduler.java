package dev.overseer.runner.scheduling;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
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
 * <p>Whatever the strategy, an update of a root that fails asks for a healing judgement a little
 * later.
 */
public final class Scheduler {
  private final ExecutionStrategy strategy;
  private final Agenda agenda;
  private final RootStates roots;
  private final UnaryOperator<EffectiveTime> windowsSeen;

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
    this.agenda = agenda;
    this.roots = roots;
    this.windowsSeen = windowsSeen;
  }

  /** Takes an item that has just arrived, which may lie before others that are here already. */
  public void arrived(AgendaItem item) {
    if (item instanceof Touch touch && touch.triggers() && isWhenFresh()) {
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
    switch (strategy) {
      case ExecutionStrategy.WhenFresh _ -> scheduleWhenFresh(touch);
      case ExecutionStrategy.EventuallyWithin(Duration within) -> {
        scheduleWindow(touch, within);
        heal(touch);
      }
      case ExecutionStrategy.After _, ExecutionStrategy.Immediately _ -> {
        if (touch.triggers()) {
          agenda.add(judge(touch, touch.at().plus(delay(strategy)), Why.PLAN));
        }
        heal(touch);
      }
      case ExecutionStrategy.Custom<?> _ -> {
        if (touch.triggers()) {
          customCuts.forEach(cut -> agenda.add(judge(touch, cut, Why.PLAN)));
        }
        heal(touch);
      }
    }
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
    agenda.add(judge(touch, touch.at().plus(delay(strategy)), why));
    roots.await(touch.root(), touch.at());
  }

  private void scheduleWindow(Touch touch, Duration within) {
    if (touch.triggers()) {
      roots.await(touch.root(), touch.at());
      agenda.add(judge(touch, touch.at().plus(within), Why.PLAN));
    }
    if (roots.hasWaiting(touch.root())) {
      agenda.add(judge(touch, touch.at(), Why.EVALUATION));
    }
  }

  private void heal(Touch touch) {
    if (roots.isFailing(touch.root())) {
      agenda.add(judge(touch, touch.at().plus(ExecutionStrategy.SETTLE), Why.HEALING));
    }
  }

  private boolean isWhenFresh() {
    return strategy instanceof ExecutionStrategy.WhenFresh;
  }

  private static Judge judge(Touch touch, EffectiveTime cut, Why why) {
    return new Judge(cut, touch.root(), touch.at(), why, touch.waiting());
  }

  /**
   * Holds all that asks for a judgement of {@code root} at {@code cut}, which is what is next,
   * until it is {@link #done} or given back.
   *
   * @return what still needs one: nothing when the view is as the last judgement found it
   */
  public List<Judge> hold(RecordKey root, EffectiveTime cut) {
    List<Judge> held = agenda.holdJudgements(root, cut);
    if (isWhenFresh() && roots.isSettledAt(root, cut, windowsSeen.apply(cut))) {
      done(root, held);
      return List.of();
    }
    return held;
  }

  /** What was held for one judgement of the root is judged, or needs no judgement. */
  public void done(RecordKey root, List<Judge> held) {
    held.forEach(agenda::done);
    if (isWhenFresh()) {
      roots.takeFirstWaiting(root);
    }
  }

  /** How long after its trigger a strategy's last cut lies, at most. */
  public static Duration delay(ExecutionStrategy strategy) {
    return switch (strategy) {
      case ExecutionStrategy.WhenFresh(Duration settle) -> settle;
      case ExecutionStrategy.After(Duration delay) -> delay;
      case ExecutionStrategy.EventuallyWithin(Duration within) -> within;
      case ExecutionStrategy.Immediately() -> Duration.ZERO;
      case ExecutionStrategy.Custom<?> custom -> custom.horizon();
    };
  }

  /** Closes every window of the root, and takes their ends off the agenda. */
  public void closeWindows(RecordKey root) {
    while (roots.hasWaiting(root)) {
      EffectiveTime trigger = roots.takeFirstWaiting(root);
      agenda.remove(
          new Judge(
              trigger.plus(delay(strategy)),
              root,
              trigger,
              Why.PLAN,
              new AgendaItem.Waiting(0, false)));
    }
  }
}
