package dev.overseer.server.metrics;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.Stage;
import dev.overseer.store.keyvalue.OrderedStore;
import io.micrometer.core.instrument.Timer;

/** Measures the parts of a runner, by standing before them. */
public final class RunnerMetrics {
  private final Metrics metrics;

  public RunnerMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  /** The same check, with every call of its own code counted and timed. */
  public <V> CheckDefinition<V> measured(CheckDefinition<V> check) {
    return MeasuredCheck.of(check, new CheckRuns(metrics.registry(), check.name()));
  }

  /** The runner's checkpoints go through it. */
  public OrderedStore measured(OrderedStore checkpoints) {
    return new MeasuredStore(
        checkpoints,
        timer("overseer.runner.checkpoint", "How long the write of a runner's checkpoint took"));
  }

  public Stage measured(Stage runner) {
    return new MeasuredStage(
        runner,
        timer("overseer.runner.step", "How long a step of the runner took that did something"));
  }

  private Timer timer(String name, String meaning) {
    return Timer.builder(name)
        .description(meaning)
        .serviceLevelObjectives(Buckets.computing())
        .register(metrics.registry());
  }
}
