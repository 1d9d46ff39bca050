package dev.overseer.server.metrics;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Judging;
import dev.overseer.checks.Outcome;
import dev.overseer.views.UnknownValue;
import org.jspecify.annotations.Nullable;

/** A check whose every call is counted and timed, on whatever thread it runs. */
record MeasuredCheck<V>(Check<V> check, CheckRuns runs) implements Check<V> {

  static <V> CheckDefinition<V> of(CheckDefinition<V> definition, CheckRuns runs) {
    return definition.judgedBy(new MeasuredCheck<>(definition.check(), runs));
  }

  @Override
  public Outcome judge(V view, Judging judging) {
    long startNanos = System.nanoTime();
    String outcome = Words.ERRORED;
    try {
      Outcome judged = check.judge(view, judging);
      outcome = word(judged);
      return judged;
    } catch (UnknownValue unknown) {
      outcome = Words.INCONCLUSIVE;
      throw unknown;
    } finally {
      runs.ran(outcome, System.nanoTime() - startNanos);
    }
  }

  /** An author's code may well return null. */
  private static String word(@Nullable Outcome judged) {
    return judged == null ? Words.ERRORED : Words.of(judged);
  }
}
