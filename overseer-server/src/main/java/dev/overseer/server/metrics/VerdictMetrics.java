package dev.overseer.server.metrics;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.Quiet;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** Counts what comes into the journal. One thread calls it. */
public final class VerdictMetrics {
  private static final Duration[] DETECTION_BUCKETS = {
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30)
  };

  private final MeterRegistry registry;

  public VerdictMetrics(Metrics metrics) {
    this.registry = metrics.registry();
  }

  /**
   * @param read when the entry, which is durable, was read: that is what is detected of a violation
   */
  public void count(JournalEntry entry, Instant read) {
    switch (entry) {
      case Judged judged -> count(judged.verdict());
      case QuietVerdicts quiet -> quiet.verdicts().forEach(it -> count(quiet.check(), it));
      case Transitioned moved -> count(moved, read);
      case JournalEntry.Delivered _ -> deliveries("delivered").increment();
      case JournalEntry.DeliveryFailed _ -> deliveries("failed").increment();
      case JournalEntry.DeliveryGivenUp _ -> deliveries("given-up").increment();
      case JournalEntry.Activated _,
          JournalEntry.IncidentTransitioned _,
          JournalEntry.Escalated _,
          JournalEntry.ChangesDeleted _,
          JournalEntry.SubjectErased _ -> {}
    }
  }

  private void count(Verdict verdict) {
    verdicts(verdict.check(), verdict.outcome(), verdict.isComplete() ? "complete" : "provisional")
        .increment();
  }

  private void count(CheckName check, Quiet verdict) {
    verdicts(check, verdict.outcome(), "complete").increment();
  }

  private void count(Transitioned moved, Instant read) {
    Counter.builder("overseer.violation.steps")
        .description("Steps that violations took, by the state they came to")
        .tag("check", moved.check().value())
        .tag("state", moved.move().to().word())
        .register(registry)
        .increment();
    if (moved.move().grounds() instanceof Grounds.Failure failure) {
      Duration untilDurable = Duration.between(moved.move().at(), read);
      failure.detection().ifPresent(detection -> detected(moved.check(), detection, untilDurable));
    }
  }

  private void detected(CheckName check, Detection detection, Duration untilDurable) {
    timer(
            "overseer.time.to.detect",
            "From the deciding commit, or the deadline, until the violation is durable",
            check)
        .record(detection.timeToDetect().plus(untilDurable));
    timer(
            "overseer.time.to.detect.beyond.strategy",
            "What of the time to detect the check's strategy had not asked for",
            check)
        .record(detection.beyondStrategy().plus(untilDurable));
  }

  private Timer timer(String name, String meaning, CheckName check) {
    return Timer.builder(name)
        .description(meaning)
        .tag("check", check.value())
        .serviceLevelObjectives(DETECTION_BUCKETS)
        .register(registry);
  }

  private Counter verdicts(CheckName check, Outcome outcome, String completeness) {
    return Counter.builder("overseer.verdicts")
        .description("Verdicts on record, by outcome, complete or provisional")
        .tag("check", check.value())
        .tag("outcome", word(outcome))
        .tag("completeness", completeness)
        .register(registry);
  }

  private Counter deliveries(String result) {
    return Counter.builder("overseer.deliveries")
        .description("Deliveries to channels that ended, or failed once")
        .tag("result", result)
        .register(registry);
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "passed";
      case Outcome.Failed _ -> "failed";
      case Outcome.Inconclusive _ -> "inconclusive";
      case Outcome.NotApplicable _ -> "not-applicable";
      case Outcome.Errored _ -> "errored";
    };
  }
}
