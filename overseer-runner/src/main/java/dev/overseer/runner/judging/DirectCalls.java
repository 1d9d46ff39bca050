package dev.overseer.runner.judging;

import dev.overseer.views.UnknownValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Calls on the caller's thread. */
final class DirectCalls implements CheckCalls {

  @Override
  public <T> Flight<List<Called<T>>> start(List<Callable<T>> calls) {
    List<Called<T>> called = new ArrayList<>(calls.size());
    for (Callable<T> call : calls) {
      called.add(call(call));
    }
    return Flight.back(called);
  }

  @Override
  public boolean areStuck() {
    return false;
  }

  /** Here, where the author's code may run: an exception's own text is part of it. */
  static <T> Called<T> call(Callable<T> call) {
    try {
      return new Called.Returned<>(call.call());
    } catch (UnknownValue unknown) {
      return new Called.Unknown<>(String.valueOf(unknown.getMessage()));
    } catch (Throwable thrown) {
      return new Called.Failed<>(ErrorText.of(thrown));
    }
  }
}
