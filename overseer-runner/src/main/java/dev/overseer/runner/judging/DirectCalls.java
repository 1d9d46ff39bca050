package dev.overseer.runner.judging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Calls on the caller's thread. */
final class DirectCalls implements CheckCalls {

  @Override
  public <T> List<Called<T>> callAll(List<Callable<T>> calls, Duration timeout) {
    List<Called<T>> called = new ArrayList<>(calls.size());
    for (Callable<T> call : calls) {
      called.add(call(call));
    }
    return called;
  }

  static <T> Called<T> call(Callable<T> call) {
    try {
      return new Called.Returned<>(call.call());
    } catch (Throwable thrown) {
      return new Called.Threw<>(thrown);
    }
  }
}
