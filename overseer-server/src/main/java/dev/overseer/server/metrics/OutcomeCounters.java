package dev.overseer.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** One counter for each outcome. */
final class OutcomeCounters {
  private final Map<String, Counter> counters = new HashMap<>();

  OutcomeCounters(MeterRegistry registry, String name, String meaning, Tags tags) {
    for (String outcome : Words.OUTCOMES) {
      counters.put(
          outcome,
          Counter.builder(name)
              .description(meaning)
              .tags(tags.and("outcome", outcome))
              .register(registry));
    }
  }

  /**
   * @param outcome in one of the {@link Words}
   */
  void increment(String outcome) {
    Objects.requireNonNull(counters.get(outcome), outcome).increment();
  }
}
