package dev.overseer.server.metrics;

import dev.overseer.server.heartbeat.HeartbeatLog;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How Overseer says that it is. */
public final class HeartbeatMetrics {
  private HeartbeatMetrics() {}

  /**
   * @param ailments why all is not well
   */
  public static void register(Metrics metrics, Supplier<List<String>> ailments) {
    metrics.gauge(
        "overseer.well",
        "1 while Overseer would find and tell what is wrong, else 0",
        ailments,
        it -> it.get().isEmpty() ? 1 : 0);
  }

  public static void register(Metrics metrics, HeartbeatLog posts) {
    count(metrics, posts, "taken", HeartbeatLog::takenCount);
    count(metrics, posts, "failed", HeartbeatLog::failedCount);
    count(metrics, posts, "withheld", HeartbeatLog::withheldCount);
  }

  private static void count(
      Metrics metrics, HeartbeatLog posts, String result, ToDoubleFunction<HeartbeatLog> count) {
    metrics.count(
        Tags.of("result", result),
        "overseer.heartbeats",
        "Heartbeats that the switch took, that failed, or that were withheld",
        posts,
        count);
  }
}
