package dev.overseer.server.metrics;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.Quiet;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts what comes into the journal. One thread calls it. */
public final class VerdictMetrics {
  private static final String RETIRED = "retired";

  private final MeterRegistry registry;
  private final Map<CheckName, CheckMeters> checks = new HashMap<>();
  private final Counter delivered;
  private final Counter failed;
  private final Counter givenUp;

  public VerdictMetrics(Metrics metrics) {
    this.registry = metrics.registry();
    delivered = deliveries("delivered");
    failed = deliveries("failed");
    givenUp = deliveries("given-up");
  }

  /** Counts of this check begin at nothing now, and not with its first verdict. */
  public void expect(CheckDefinition<?> check) {
    checks.put(check.name(), new CheckMeters(registry, check.name(), Words.of(check.strategy())));
  }

  /**
   * @param read when the entry, which is durable, was read: that is what is detected of a violation
   */
  public void count(JournalEntry entry, Instant read) {
    switch (entry) {
      case Judged judged -> count(judged.verdict(), read);
      case QuietVerdicts quiet -> count(quiet, read);
      case Transitioned moved -> count(moved, read);
      case JournalEntry.Delivered _ -> delivered.increment();
      case JournalEntry.DeliveryFailed _ -> failed.increment();
      case JournalEntry.DeliveryGivenUp _ -> givenUp.increment();
      case JournalEntry.Activated _,
          JournalEntry.IncidentTransitioned _,
          JournalEntry.ModeChosen _,
          JournalEntry.OfSweep _,
          JournalEntry.Escalated _,
          JournalEntry.ChangesDeleted _,
          JournalEntry.SubjectErased _ -> {}
    }
  }

  private void count(Verdict verdict, Instant read) {
    CheckMeters meters = of(verdict.check());
    if (verdict.isComplete()) {
      meters.judgedCompletely(verdict.outcome(), verdict.trigger(), verdict.cut(), read);
    } else {
      meters.judgedProvisionally(verdict.outcome());
    }
  }

  private void count(QuietVerdicts quiet, Instant read) {
    CheckMeters meters = of(quiet.check());
    for (Quiet verdict : quiet.verdicts()) {
      meters.judgedCompletely(verdict.outcome(), verdict.trigger(), verdict.cut(), read);
    }
  }

  private void count(Transitioned transitioned, Instant read) {
    CheckMeters meters = of(transitioned.check());
    Move move = transitioned.move();
    meters.moved(move.to());
    if (move.grounds() instanceof Grounds.Failure failure && failure.detection().isPresent()) {
      Detection detection = failure.detection().get();
      meters.detected(detection, Duration.between(move.at(), read));
    }
  }

  private CheckMeters of(CheckName check) {
    return checks.computeIfAbsent(check, it -> new CheckMeters(registry, it, RETIRED));
  }

  private Counter deliveries(String result) {
    return Counter.builder("overseer.deliveries")
        .description("Deliveries to channels that ended, or failed once")
        .tag("result", result)
        .register(registry);
  }
}
