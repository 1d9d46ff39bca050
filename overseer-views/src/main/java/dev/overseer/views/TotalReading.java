package dev.overseer.views;

import dev.overseer.checks.Total;
import dev.overseer.model.TimeWindow;
import dev.overseer.store.index.Totals.TotalledUpdate;
import java.util.List;
import java.util.Optional;

/**
 * What a view's total comes to at its cut, in one window.
 *
 * @param window empty for a total without windows, and for a root that does not say which it means
 * @param updates those that changed it
 */
public record TotalReading(Optional<TimeWindow> window, State state, Updates updates) {

  public sealed interface State {
    record Known(Total total) implements State {}

    /** It cannot be told what some record adds to it. */
    record Untold(String why) implements State {}
  }

  /** Read when somebody asks for them. */
  @FunctionalInterface
  public interface Updates {
    /** The last of those up to the cut, in source order. */
    List<TotalledUpdate> last(int max);
  }

  /** What it comes to, for whoever cannot go on without. */
  public Total get() {
    return switch (state) {
      case State.Known(Total total) -> total;
      case State.Untold(String why) -> throw new UnknownValue(why);
    };
  }
}
