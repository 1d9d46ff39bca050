package dev.overseer.runner.simulation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.Flight;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Calls whose flights come back when chance will have it, one after another; sometimes the last of
 * them were refused.
 */
final class LateCalls {
  private static final int ONE_REFUSED_IN = 20;

  private final Random random;
  private final int looksMax;
  private final List<Late<?>> inTheAir = new ArrayList<>();

  LateCalls(Random random) {
    this.random = random;
    this.looksMax = random.nextInt(3) * 4;
  }

  CheckCalls of(CheckDefinition<?> check) {
    return looksMax == 0 ? CheckCalls.direct(check) : new OfOneCheck(CheckCalls.direct(check));
  }

  boolean areInTheAir() {
    inTheAir.removeIf(Late::hasLanded);
    return !inTheAir.isEmpty();
  }

  private final class OfOneCheck implements CheckCalls {
    private final CheckCalls direct;

    OfOneCheck(CheckCalls direct) {
      this.direct = direct;
    }

    @Override
    public <T> Flight<List<Called<T>>> start(List<Callable<T>> calls) {
      Late<List<Called<T>>> late = new Late<>(someRefused(direct.start(calls).result()));
      inTheAir.add(late);
      return late;
    }

    private <T> List<Called<T>> someRefused(List<Called<T>> called) {
      if (random.nextInt(ONE_REFUSED_IN) > 0) {
        return called;
      }
      List<Called<T>> some = new ArrayList<>(called.subList(0, random.nextInt(called.size())));
      while (some.size() < called.size()) {
        some.add(new Called.Refused<>());
      }
      return some;
    }

    @Override
    public boolean areStuck() {
      return false;
    }
  }

  private final class Late<R> implements Flight<R> {
    private final R result;
    private int looks = random.nextInt(looksMax);
    private boolean landed;

    Late(R result) {
      this.result = result;
    }

    @Override
    public boolean isBack() {
      looks = Math.max(-1, looks - 1);
      return looks < 0;
    }

    @Override
    public R result() {
      landed = true;
      return result;
    }

    boolean hasLanded() {
      return landed;
    }
  }
}
