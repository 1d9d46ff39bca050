package dev.overseer.server.metrics;

import dev.overseer.server.canary.Canary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Consumer;

/** Whether and how fast Overseer finds what it breaks itself. */
public final class CanaryMetrics {
  private CanaryMetrics() {}

  /** Where each find is measured. */
  public static Consumer<Duration> detections(Metrics metrics) {
    return Timer.builder("overseer.canary.time.to.detect")
            .description(
                "From a planted break, beyond the second that its check settles, until its"
                    + " violation is durable")
            .serviceLevelObjectives(Buckets.excesses())
            .register(metrics.registry())
        ::record;
  }

  public static void register(Metrics metrics, Canary canary) {
    metrics.count(
        "overseer.canary.planted", "Breaks that were planted", canary, Canary::plantedCount);
    metrics.count("overseer.canary.found", "Breaks that were found", canary, Canary::foundCount);
    metrics.gauge(
        "overseer.canary.silent",
        "1 while no planted break is found, else 0",
        canary,
        it -> it.isSilent() ? 1 : 0);
  }
}
