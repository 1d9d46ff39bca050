package dev.overseer.runner.judging;

import dev.overseer.checks.Outcome;
import java.util.concurrent.Callable;

/** A judgement as far as it needs no code of the check's author. */
public sealed interface Prepared<T> {

  /** There is nothing to ask. */
  record Decided<T>(Outcome outcome) implements Prepared<T> {}

  /** To be asked. */
  record Open<T>(Callable<T> call) implements Prepared<T> {}
}
