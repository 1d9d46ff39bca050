package dev.overseer.server.metrics;

import dev.overseer.model.CheckName;
import dev.overseer.model.SourceName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The registry, and what is read from the stages whenever somebody asks. Where they happen, only
 * verdicts on record, calls of checks and the runner's steps are counted. The reference is
 * docs/reference/metrics.md. Safe for many threads.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  /** The registry itself holds what it counts weakly. */
  private final List<Object> counted = new CopyOnWriteArrayList<>();

  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
  }

  /** In Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  /** What {@link VerdictMetrics} counts in. */
  PrometheusMeterRegistry registry() {
    return registry;
  }

  public <T> void gauge(String name, String meaning, T subject, ToDoubleFunction<T> value) {
    Gauge.builder(name, subject, value)
        .description(meaning)
        .strongReference(true)
        .register(registry);
  }

  /** Of something that only grows. */
  public <T> void count(String name, String meaning, T subject, ToDoubleFunction<T> count) {
    count(Tags.empty(), name, meaning, subject, count);
  }

  public <T> void ofSource(
      SourceName source, String name, String meaning, T subject, ToDoubleFunction<T> value) {
    Gauge.builder(name, subject, value)
        .description(meaning)
        .tag("source", source.value())
        .strongReference(true)
        .register(registry);
  }

  /** Of something that only grows. */
  public <T> void countOfSource(
      SourceName source, String name, String meaning, T subject, ToDoubleFunction<T> count) {
    count(Tags.of("source", source.value()), name, meaning, subject, count);
  }

  <T> void count(Tags tags, String name, String meaning, T subject, ToDoubleFunction<T> count) {
    counted.add(subject);
    FunctionCounter.builder(name, subject, count)
        .description(meaning)
        .tags(tags)
        .register(registry);
  }

  public void ofCheck(CheckName check, String name, String meaning, Supplier<Number> value) {
    gauge(Tags.of("check", check.value()), name, meaning, value);
  }

  void gauge(Tags tags, String name, String meaning, Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(meaning)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
