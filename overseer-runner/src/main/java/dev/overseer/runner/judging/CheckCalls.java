package dev.overseer.runner.judging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Calls code that we did not write, and comes back whatever it does. One instance per check. */
public interface CheckCalls {

  /**
   * Makes the calls, in any order.
   *
   * @param timeout for each of them
   * @return what became of each, in the order of {@code calls}
   */
  <T> List<Called<T>> callAll(List<Callable<T>> calls, Duration timeout);

  /** What became of a call. */
  sealed interface Called<T> {
    record Returned<T>(T value) implements Called<T> {}

    record Threw<T>(Throwable thrown) implements Called<T> {}

    record TimedOut<T>(Duration timeout) implements Called<T> {}

    /** It was not made, because earlier ones have not come back. */
    record Refused<T>(String why) implements Called<T> {}
  }

  /** On the caller's own thread, with no timeout: for simulations and replays of trusted checks. */
  static CheckCalls direct() {
    return new DirectCalls();
  }
}
