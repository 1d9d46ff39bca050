package dev.overseer.runner.judging;

import dev.overseer.runner.judging.CheckCalls.Called;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls that are on their way: all of them once, then those that failed once more. */
final class WatchedFlight<T> {
  private final List<Callable<T>> calls;
  private final CallWatch watch;
  private final Retries retries;
  private final List<Called<T>> results = new ArrayList<>();
  private final List<Failure<T>> failures = new ArrayList<>();
  private List<Integer> indices = List.of();
  private @Nullable CallPass<T> pass;
  private int attempt;
  private long begunAt;
  private long nextAt;
  private long overAt;
  private long cpuNanos;
  private boolean over;

  /** A call that failed, the {@code place}-th of its pass. */
  private record Failure<T>(int index, CallPass<T> pass, int place) {
    boolean isStillMade() {
      return pass.isStillMade(place);
    }
  }

  WatchedFlight(List<Callable<T>> calls, CallWatch watch, Retries retries) {
    this.calls = List.copyOf(calls);
    this.watch = watch;
    this.retries = retries;
  }

  int size() {
    return calls.size();
  }

  boolean isOver() {
    return over;
  }

  /** How long it took, whenever that was seen; only when it is over. */
  long nanos() {
    return overAt - begunAt;
  }

  /** For how long its calls computed, but for those that were given up. */
  long cpuNanos() {
    return cpuNanos;
  }

  List<Called<T>> results() {
    return List.copyOf(results);
  }

  /** Waits for the calls that are made now, but not for other attempts. */
  void await(long nanos) {
    CallPass<T> current = pass;
    if (current != null && current.await(nanos)) {
      drive(begunAt);
    }
  }

  /** Does what is due at {@code now}; says whether it is over. */
  boolean drive(long now) {
    CallPass<T> current = pass;
    if (current != null && current.isOver(now)) {
      conclude(current, now);
    } else if (attempt == 0) {
      begin(now);
    } else if (current == null && !over && now - nextAt >= 0) {
      beginAgain(now);
    }
    return over;
  }

  private void begin(long now) {
    begunAt = now;
    attempt = 1;
    pass = new CallPass<>(calls, watch, now);
  }

  /** A call that was given up and has not come back yet is not made a second time beside itself. */
  private void beginAgain(long now) {
    failures.removeIf(Failure::isStillMade);
    indices = failures.stream().map(Failure::index).toList();
    failures.clear();
    if (indices.isEmpty()) {
      end(now);
    } else {
      attempt++;
      pass = new CallPass<>(indices.stream().map(calls::get).toList(), watch, now);
    }
  }

  private void conclude(CallPass<T> made, long now) {
    for (int place = 0; place < made.size(); place++) {
      Called<T> called = made.result(place);
      int index = attempt == 1 ? place : indices.get(place);
      keep(index, called);
      if (called instanceof Called.Failed<T>) {
        failures.add(new Failure<>(index, made, place));
      }
    }
    pass = null;
    cpuNanos += made.cpuNanos();
    if (failures.isEmpty()) {
      end(made.overSince(now));
    } else if (retries.areDueAfter(attempt)) {
      nextAt = now + retries.pauseNanosAfter(attempt);
    } else {
      retries.ended(attempt);
      end(made.overSince(now));
    }
  }

  private void end(long now) {
    over = true;
    overAt = now;
  }

  /** What was refused at another attempt stays what it was at the one before. */
  private void keep(int index, Called<T> called) {
    if (attempt == 1) {
      results.add(called);
    } else if (!(called instanceof Called.Refused<T>)) {
      results.set(index, called);
      if (!(called instanceof Called.Failed<T>)) {
        retries.helped();
      }
    }
  }
}
