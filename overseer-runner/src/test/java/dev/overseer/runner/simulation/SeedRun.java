package dev.overseer.runner.simulation;

import java.util.function.LongFunction;

/**
 * Runs seeds, and says what they broke, in words: so that the classes under test may be others than
 * those of whoever asks.
 */
public final class SeedRun implements LongFunction<String> {

  /** Which invariant the seed broke; empty when all of them held. */
  @Override
  public String apply(long seed) {
    try {
      new Simulation(seed).run();
      return "";
    } catch (Invariant.Broken broken) {
      return broken.invariant().toString();
    } catch (AssertionError | RuntimeException failed) {
      return "the run goes on: " + failed.getClass().getSimpleName();
    }
  }
}
