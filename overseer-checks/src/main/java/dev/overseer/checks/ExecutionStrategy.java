package dev.overseer.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * For which cuts a trigger is judged. All times are effective times; a strategy never reads a clock
 * or a watermark, so that the past is scheduled as the present was.
 */
public sealed interface ExecutionStrategy {
  Duration SETTLE = Duration.ofSeconds(1);

  /**
   * The cut t + settle; of a root's cuts with no update between them, the first alone is judged, if
   * that tells anything.
   */
  record WhenFresh(Duration settle) implements ExecutionStrategy {
    public WhenFresh {
      Durations.requireNotNegative("settle", settle);
    }
  }

  /** The cut t + delay: fires with no further update, so it finds absences and missed deadlines. */
  record After(Duration delay) implements ExecutionStrategy {
    public After {
      Durations.requireNotNegative("delay", delay);
    }
  }

  /**
   * Passes at the first passing cut among t, the times of the view's updates in the window, and t +
   * within; fails when t + within is covered and none passed.
   */
  record EventuallyWithin(Duration within) implements ExecutionStrategy {
    public EventuallyWithin {
      Durations.requireNotNegative("within", within);
    }
  }

  /** The view just after t on what is known then, provisional; followed by the complete verdict. */
  record Immediately() implements ExecutionStrategy {}

  /**
   * The author's own cuts.
   *
   * @param name part of the check's definition: change it when the function changes
   * @param horizon no cut is later than t + horizon
   */
  record Custom<V>(String name, Duration horizon, Class<V> viewType, CutPlan<V> plan)
      implements ExecutionStrategy {
    public Custom {
      Durations.requireNotNegative("horizon", horizon);
    }
  }

  /** Pure: the cuts for a trigger, each from t to t + horizon, given the view just after t. */
  @FunctionalInterface
  interface CutPlan<V> {
    List<Instant> cuts(Instant trigger, V viewJustAfter);
  }

  static ExecutionStrategy whenFresh() {
    return new WhenFresh(SETTLE);
  }

  static ExecutionStrategy whenFresh(Duration settle) {
    return new WhenFresh(settle);
  }

  static ExecutionStrategy after(Duration delay) {
    return new After(delay);
  }

  static ExecutionStrategy eventuallyWithin(Duration within) {
    return new EventuallyWithin(within);
  }

  /**
   * Of the triggers that arrive together, the first 10,000 are answered at once; every one of them
   * has its complete verdict.
   */
  static ExecutionStrategy immediately() {
    return new Immediately();
  }

  static <V> ExecutionStrategy custom(
      String name, Duration horizon, Class<V> viewType, CutPlan<V> plan) {
    return new Custom<>(name, horizon, viewType, plan);
  }
}
