package dev.overseer.examples.exchange.demo;

import dev.overseer.runner.journal.Detection;
import java.util.List;
import java.util.Set;

/**
 * A violation as Overseer told of it.
 *
 * @param root as text: {@code withdrawal/6f1c…}
 * @param reasons every code that it ever gave
 * @param openings how often it opened: more than once when it came back
 * @param healed whether it is resolved by healing
 * @param detection of its first opening
 */
record Raised(
    String check,
    String root,
    Set<String> reasons,
    int openings,
    boolean healed,
    Detection detection) {
  Raised {
    reasons = Set.copyOf(reasons);
  }

  /** In alphabetical order. */
  String reasonsAsText() {
    List<String> sorted = reasons.stream().sorted().toList();
    return String.join(", ", sorted);
  }
}
