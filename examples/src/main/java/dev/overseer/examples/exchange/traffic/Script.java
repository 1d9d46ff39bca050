package dev.overseer.examples.exchange.traffic;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of one withdrawal, step by step.
 *
 * @param start of the first step, after the traffic's own start
 */
record Script(Duration start, List<Step> steps) {
  Script {
    steps = List.copyOf(steps);
  }

  /**
   * @param delay after the step before was committed
   */
  record Step(Duration delay, Action action) {}
}
