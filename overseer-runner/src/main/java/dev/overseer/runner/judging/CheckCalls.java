package dev.overseer.runner.judging;

import dev.overseer.checks.CheckDefinition;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Calls code that we did not write, and stays in command whatever it does. One instance per check;
 * belongs to one thread.
 */
public interface CheckCalls {

  /**
   * Begins to make the calls, in any order, after those of earlier flights.
   *
   * @return what became of each, in the order of {@code calls}
   */
  <T> Flight<List<Called<T>>> start(List<Callable<T>> calls);

  /** Whether no call can be made now, because earlier ones have not come back. */
  boolean areStuck();

  /** What became of a call. Nothing in it runs the author's code any more. */
  sealed interface Called<T> {
    record Returned<T>(T value) implements Called<T> {}

    /** It asked for a value that is not known. */
    record Unknown<T>(String why) implements Called<T> {}

    /** It threw, took too long, or too much. */
    record Failed<T>(String error) implements Called<T> {}

    /** It was not made, because earlier ones have not come back. */
    record Refused<T>() implements Called<T> {}
  }

  /** On the caller's own thread, with no limits: for simulations and replays of trusted checks. */
  static CheckCalls direct(CheckDefinition<?> check) {
    return new DirectCalls();
  }
}
