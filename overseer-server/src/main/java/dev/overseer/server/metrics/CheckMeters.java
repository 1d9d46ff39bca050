package dev.overseer.server.metrics;

import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.transitions.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is counted of one check. All of it is there from the start, with nothing counted: a rate of
 * what appears with its first count misses that one.
 */
final class CheckMeters {
  private final OutcomeCounters complete;
  private final OutcomeCounters provisional;
  private final Map<State, Counter> steps = new EnumMap<>(State.class);
  private final Timer delay;
  private final Timer delayBeyondStrategy;
  private final Timer detection;
  private final Timer detectionBeyondStrategy;

  /**
   * @param strategy the kind of it, in a word
   */
  CheckMeters(MeterRegistry registry, CheckName check, String strategy) {
    Tags ofCheck = Tags.of("check", check.value());
    complete = verdicts(registry, ofCheck.and("completeness", "complete"));
    provisional = verdicts(registry, ofCheck.and("completeness", "provisional"));
    for (State state : State.values()) {
      if (state != State.ABSENT) {
        steps.put(state, steps(registry, ofCheck.and("state", state.word())));
      }
    }
    Tags ofStrategy = ofCheck.and("strategy", strategy);
    delay =
        timer(
            registry,
            "overseer.verdict.delay",
            "From the trigger until a complete verdict of it is durable",
            ofStrategy,
            Buckets.delays());
    delayBeyondStrategy =
        timer(
            registry,
            "overseer.verdict.delay.beyond.strategy",
            "From the cut that the strategy asked for until the complete verdict is durable",
            ofStrategy,
            Buckets.excesses());
    detection =
        timer(
            registry,
            "overseer.time.to.detect",
            "From the deciding commit, or the deadline, until the violation is durable",
            ofCheck,
            Buckets.delays());
    detectionBeyondStrategy =
        timer(
            registry,
            "overseer.time.to.detect.beyond.strategy",
            "What of the time to detect the check's strategy had not asked for",
            ofCheck,
            Buckets.excesses());
  }

  void judgedCompletely(
      Outcome outcome, EffectiveTime trigger, EffectiveTime cut, Instant durable) {
    complete.increment(Words.of(outcome));
    delay.record(since(trigger, durable));
    delayBeyondStrategy.record(since(cut, durable));
  }

  void judgedProvisionally(Outcome outcome) {
    provisional.increment(Words.of(outcome));
  }

  void moved(State to) {
    Objects.requireNonNull(steps.get(to)).increment();
  }

  void detected(Detection handedOver, Duration untilDurable) {
    detection.record(notNegative(handedOver.timeToDetect().plus(untilDurable)));
    detectionBeyondStrategy.record(notNegative(handedOver.beyondStrategy().plus(untilDurable)));
  }

  private static Duration since(EffectiveTime time, Instant durable) {
    return notNegative(Duration.between(time.toInstant(), durable));
  }

  /** A source's clock may be ahead of ours; what is counted of nothing would be missed. */
  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static OutcomeCounters verdicts(MeterRegistry registry, Tags tags) {
    return new OutcomeCounters(
        registry,
        "overseer.verdicts",
        "Verdicts on record, by outcome, complete or provisional",
        tags);
  }

  private static Counter steps(MeterRegistry registry, Tags tags) {
    return Counter.builder("overseer.violation.steps")
        .description("Steps that violations took, by the state they came to")
        .tags(tags)
        .register(registry);
  }

  private static Timer timer(
      MeterRegistry registry, String name, String meaning, Tags tags, Duration[] buckets) {
    return Timer.builder(name)
        .description(meaning)
        .tags(tags)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }
}
