package dev.overseer.server.metrics;

import dev.overseer.model.CheckName;
import dev.overseer.runner.coverage.Coverage;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How far one check has come, read from its coverage when somebody asks. */
public final class CheckMetrics {
  private final Metrics metrics;
  private final CheckName check;
  private final Supplier<List<Coverage>> coverage;
  private final Ages ages;

  public CheckMetrics(
      Metrics metrics, CheckName check, Supplier<List<Coverage>> coverage, InstantSource clock) {
    this.metrics = metrics;
    this.check = check;
    this.coverage = coverage;
    this.ages = new Ages(clock);
  }

  public void register() {
    gauge(
        "overseer.check.coverage.lag.seconds",
        "How far coverage lies back; NaN before there is any",
        it -> ages.secondsSince(it.upTo()));
    pending("not-yet-due", Coverage::notYetDue);
    pending("due-but-stale", Coverage::dueButStale);
    gauge("overseer.check.failing.roots", "Roots whose data fail", Coverage::failed);
    gauge(
        "overseer.check.inconclusive.roots",
        "Roots of which the last complete verdict could not tell",
        Coverage::inconclusive);
    gauge(
        "overseer.check.errored.roots",
        "Roots in whose last complete verdict the check itself failed",
        Coverage::errored);
  }

  private void pending(String state, ToDoubleFunction<Coverage> count) {
    metrics.gauge(
        Tags.of("check", check.value(), "state", state),
        "overseer.check.pending.triggers",
        "Triggers on the check's agenda, by whether some source has passed their cut",
        () -> count.applyAsDouble(current()));
  }

  private void gauge(String name, String meaning, ToDoubleFunction<Coverage> value) {
    metrics.ofCheck(check, name, meaning, () -> value.applyAsDouble(current()));
  }

  private Coverage current() {
    return coverage.get().stream().filter(it -> it.check().equals(check)).findFirst().orElseThrow();
  }
}
