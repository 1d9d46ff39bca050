package dev.overseer.runner.scheduling;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Why;
import java.time.Duration;
import java.util.List;

/**
 * Turns updates of a root's view into judgements on the agenda, as the check's strategy says.
 *
 * <p>A window of {@code eventuallyWithin} is open in the {@link RootStates} and has its end on the
 * agenda as a plan; each update of the view meanwhile asks for an evaluation. Whatever the
 * strategy, an update of a root that fails asks for a healing judgement a little later.
 */
public final class Scheduler {
  private final ExecutionStrategy strategy;
  private final Agenda agenda;
  private final RootStates roots;

  /** An author's own strategy, asked for the cuts of a trigger. */
  @FunctionalInterface
  public interface CustomCuts {
    List<EffectiveTime> cuts(Touch trigger);
  }

  public Scheduler(ExecutionStrategy strategy, Agenda agenda, RootStates roots) {
    this.strategy = strategy;
    this.agenda = agenda;
    this.roots = roots;
  }

  /** The touch is next in source time; the root's state must be that of all earlier cuts. */
  public void schedule(Touch touch, CustomCuts custom) {
    if (touch.triggers()) {
      plan(touch, custom);
    }
    if (roots.hasWindows(touch.root())) {
      agenda.add(judge(touch, touch.at(), Why.EVALUATION));
    }
    if (roots.isFailing(touch.root()) && !isPlannedAtSettle(touch)) {
      agenda.add(judge(touch, touch.at().plus(settle()), Why.HEALING));
    }
  }

  private void plan(Touch touch, CustomCuts custom) {
    if (strategy instanceof ExecutionStrategy.EventuallyWithin) {
      roots.openWindow(touch.root(), touch.at());
    }
    if (strategy instanceof ExecutionStrategy.Custom<?>) {
      custom.cuts(touch).forEach(cut -> agenda.add(judge(touch, cut, Why.PLAN)));
    } else {
      agenda.add(judge(touch, touch.at().plus(delay(strategy)), Why.PLAN));
    }
  }

  private boolean isPlannedAtSettle(Touch touch) {
    return touch.triggers() && strategy instanceof ExecutionStrategy.WhenFresh;
  }

  private Duration settle() {
    return strategy instanceof ExecutionStrategy.WhenFresh(Duration settle)
        ? settle
        : ExecutionStrategy.SETTLE;
  }

  private static Judge judge(Touch touch, EffectiveTime cut, Why why) {
    return new Judge(cut, touch.root(), touch.at(), why, touch.waiting());
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
    while (roots.hasWindows(root)) {
      EffectiveTime trigger = roots.closeFirstWindow(root);
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
