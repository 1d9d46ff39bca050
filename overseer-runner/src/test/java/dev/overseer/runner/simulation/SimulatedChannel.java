package dev.overseer.runner.simulation;

import dev.overseer.model.LogOffset;
import dev.overseer.runner.escalation.Channel;
import dev.overseer.runner.journal.DeliveryId;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.SubjectId;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Whoever is told outlives every machine, and now and then does not answer, or takes what it then
 * seems to have refused. Nothing may be told under one key that was told otherwise before, nor out
 * of turn.
 */
final class SimulatedChannel implements Channel {
  static final String NAME = "pager";

  private final Random random;
  private final Map<DeliveryId, Escalated> told = new HashMap<>();
  private final Map<SubjectId, Long> last = new HashMap<>();

  SimulatedChannel(Random random) {
    this.random = random;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CompletableFuture<Attempt> deliver(Escalated delivery) {
    int dice = random.nextInt(10);
    if (dice > 0) {
      take(delivery);
    }
    return CompletableFuture.completedFuture(
        dice > 1 ? new Attempt.Taken() : new Attempt.Refused("No answer", Optional.empty()));
  }

  private void take(Escalated delivery) {
    Escalated before = told.putIfAbsent(delivery.id(), delivery);
    Invariant.ESCALATED_ONCE.require(
        before == null || before.equals(delivery), () -> before + " and then " + delivery);
    if (before == null) {
      long lastTold = last.getOrDefault(delivery.subject(), 0L);
      Invariant.ESCALATED_ONCE.require(
          delivery.sequence() > lastTold, () -> "After step " + lastTold + ": " + delivery);
      last.put(delivery.subject(), delivery.sequence());
    }
  }

  /** What is owed once was told, and what was told is owed: each under a key of its own. */
  void hold(ReadableLog<JournalEntry> journal) {
    Set<DeliveryId> owed = new HashSet<>();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof Escalated escalated) {
          Invariant.ESCALATED_ONCE.require(
              owed.add(escalated.id()), () -> "Owed twice: " + escalated);
        }
      }
    }
    Invariant.ESCALATED_ONCE.require(
        owed.equals(told.keySet()), () -> "Owed " + owed.size() + ", told " + told.size());
  }
}
