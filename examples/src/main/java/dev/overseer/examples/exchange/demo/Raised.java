package dev.overseer.examples.exchange.demo;

import java.time.Duration;
import java.util.Set;

/**
 * A violation as Overseer told of it.
 *
 * @param root as text: {@code withdrawal/6f1c…}
 * @param reasons every code that it ever gave
 * @param openings how often it opened: more than once when it came back
 * @param healed whether it is resolved by healing
 * @param timeToDetect from the deciding update, or the deadline, until the violation was durable
 */
record Raised(
    String check,
    String root,
    Set<String> reasons,
    int openings,
    boolean healed,
    Duration timeToDetect) {
  Raised {
    reasons = Set.copyOf(reasons);
  }
}
