package dev.overseer.server.metrics;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import java.util.List;

/** Values of labels: few, and the same for ever. */
final class Words {
  static final String INCONCLUSIVE = "inconclusive";
  static final String ERRORED = "errored";
  static final List<String> OUTCOMES =
      List.of("passed", "failed", INCONCLUSIVE, "not-applicable", ERRORED);

  private Words() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "passed";
      case Outcome.Failed _ -> "failed";
      case Outcome.Inconclusive _ -> INCONCLUSIVE;
      case Outcome.NotApplicable _ -> "not-applicable";
      case Outcome.Errored _ -> ERRORED;
    };
  }

  static String of(ExecutionStrategy strategy) {
    String word =
        switch (strategy.ofTrigger()) {
          case ExecutionStrategy.WhenFresh _ -> "when-fresh";
          case ExecutionStrategy.After _ -> "after";
          case ExecutionStrategy.EventuallyWithin _ -> "eventually-within";
          case ExecutionStrategy.Immediately _ -> "immediately";
          case ExecutionStrategy.AtEach _ -> "at-each";
          case ExecutionStrategy.Custom<?> _ -> "custom";
        };
    return strategy instanceof ExecutionStrategy.Debounced ? word + "-debounced" : word;
  }
}
