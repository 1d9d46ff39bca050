package dev.overseer.server.metrics;

import dev.overseer.model.CheckName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** The calls of one check's own code. Safe for many threads. */
final class CheckRuns {

  private final OutcomeCounters byOutcome;
  private final Timer duration;

  CheckRuns(MeterRegistry registry, CheckName check) {
    byOutcome =
        new OutcomeCounters(
            registry,
            "overseer.check.runs",
            "Calls of the check's own code that came back, by what they said",
            Tags.of("check", check.value()));
    duration =
        Timer.builder("overseer.check.run")
            .description("How long a call of the check's own code took")
            .tag("check", check.value())
            .serviceLevelObjectives(Buckets.computing())
            .register(registry);
  }

  void ran(String outcome, long nanos) {
    byOutcome.increment(outcome);
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }
}
