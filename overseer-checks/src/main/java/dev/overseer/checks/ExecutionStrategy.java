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

  /** What it says of a trigger that counts. */
  OfTrigger ofTrigger();

  /** Says the cuts of one trigger; every trigger counts. */
  sealed interface OfTrigger extends ExecutionStrategy {
    @Override
    default OfTrigger ofTrigger() {
      return this;
    }

    /** The same, but of each burst of updates only the last triggers: see {@link Debounced}. */
    default Debounced debounced(Duration quiet) {
      return debounced(quiet, quiet.multipliedBy(Debounced.QUIETS_AT_MOST));
    }

    /** The same with a limit for bursts that never end. */
    default Debounced debounced(Duration quiet, Duration atMost) {
      return new Debounced(this, quiet, atMost);
    }
  }

  /** One cut, always as long after the trigger. */
  sealed interface OneCut extends OfTrigger {
    Duration delay();
  }

  /**
   * The cut t + settle; of a root's cuts with no update between them, the first alone is judged, if
   * that tells anything.
   */
  record WhenFresh(Duration settle) implements OneCut {
    public WhenFresh {
      Durations.requireNotNegative("settle", settle);
    }

    @Override
    public Duration delay() {
      return settle;
    }
  }

  /** The cut t + delay: fires with no further update, so it finds absences and missed deadlines. */
  record After(Duration delay) implements OneCut {
    public After {
      Durations.requireNotNegative("delay", delay);
    }
  }

  /** The view just after t on what is known then, provisional; followed by the complete verdict. */
  record Immediately() implements OneCut {
    @Override
    public Duration delay() {
      return Duration.ZERO;
    }
  }

  /**
   * The cuts of several: each trigger is judged as often as there are parts with another delay.
   *
   * @param parts two or more
   */
  record AtEach(List<OneCut> parts) implements OfTrigger {
    public AtEach {
      parts = List.copyOf(parts);
      if (parts.size() < 2) {
        throw new IllegalArgumentException("Strategies are put together from two or more");
      }
    }
  }

  /**
   * Passes at the first passing cut among t, the times of the view's updates in the window, and t +
   * within; fails when t + within is covered and none passed.
   */
  record EventuallyWithin(Duration within) implements OfTrigger {
    public EventuallyWithin {
      Durations.requireNotNegative("within", within);
    }
  }

  /**
   * The author's own cuts.
   *
   * @param name part of the check's definition: change it when the function changes
   * @param horizon no cut is later than t + horizon
   */
  record Custom<V>(String name, Duration horizon, Class<V> viewType, CutPlan<V> plan)
      implements OfTrigger {
    public Custom {
      Durations.requireNotNegative("horizon", horizon);
    }
  }

  /** Pure: the cuts for a trigger, each from t to t + horizon, given the view just after t. */
  @FunctionalInterface
  interface CutPlan<V> {
    List<Instant> cuts(Instant trigger, V viewJustAfter);
  }

  /**
   * A trigger counts only if no other of its root comes within {@code quiet} after it, both ends
   * included; and so does the last one of those that come within {@code atMost} of a burst's first.
   * One that counts is judged as {@code ofTrigger} says of the time t + quiet. So a root that is
   * updated again and again is judged when it has come to rest, and from time to time if it never
   * does.
   *
   * @param ofTrigger not {@link Immediately}, alone or among others: what waits is not at once
   * @param quiet more than zero
   * @param atMost not less than {@code quiet}
   */
  record Debounced(OfTrigger ofTrigger, Duration quiet, Duration atMost)
      implements ExecutionStrategy {
    static final int QUIETS_AT_MOST = 10;

    public Debounced {
      if (!quiet.isPositive() || atMost.compareTo(quiet) < 0) {
        throw new IllegalArgumentException(
            "Bursts end after a quiet of more than zero, here %s, or after that or more, here %s"
                .formatted(quiet, atMost));
      }
      if (ofTrigger.answersAtOnce()) {
        throw new IllegalArgumentException("What is judged immediately cannot wait for a burst");
      }
    }
  }

  /** Whether it asks for a provisional verdict on what is known as a trigger arrives. */
  default boolean answersAtOnce() {
    return switch (ofTrigger()) {
      case Immediately() -> true;
      case AtEach(List<OneCut> parts) -> parts.stream().anyMatch(OneCut::answersAtOnce);
      case WhenFresh _, After _, EventuallyWithin _, Custom<?> _ -> false;
    };
  }

  static WhenFresh whenFresh() {
    return new WhenFresh(SETTLE);
  }

  static WhenFresh whenFresh(Duration settle) {
    return new WhenFresh(settle);
  }

  static After after(Duration delay) {
    return new After(delay);
  }

  static EventuallyWithin eventuallyWithin(Duration within) {
    return new EventuallyWithin(within);
  }

  /**
   * Of the triggers that arrive together, the first 10,000 are answered at once; every one of them
   * has its complete verdict.
   */
  static Immediately immediately() {
    return new Immediately();
  }

  /** All of these: look when it is fresh, say, and again after an hour. */
  static AtEach atEach(OneCut... parts) {
    return new AtEach(List.of(parts));
  }

  static <V> Custom<V> custom(String name, Duration horizon, Class<V> viewType, CutPlan<V> plan) {
    return new Custom<>(name, horizon, viewType, plan);
  }
}
