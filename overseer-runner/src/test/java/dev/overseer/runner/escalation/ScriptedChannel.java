package dev.overseer.runner.escalation;

import dev.overseer.runner.journal.JournalEntry.Escalated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A channel whose answers the test gives, one by one, when it likes. */
final class ScriptedChannel implements Channel {
  private final String name;
  private final Map<Escalated, CompletableFuture<Attempt>> inFlight = new LinkedHashMap<>();
  final List<Escalated> attempted = new ArrayList<>();
  final List<Escalated> taken = new ArrayList<>();

  ScriptedChannel(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletableFuture<Attempt> deliver(Escalated delivery) {
    CompletableFuture<Attempt> future = new CompletableFuture<>();
    attempted.add(delivery);
    inFlight.put(delivery, future);
    return future;
  }

  List<Escalated> inFlight() {
    return List.copyOf(inFlight.keySet());
  }

  void take(Escalated delivery) {
    taken.add(delivery);
    answer(delivery, new Attempt.Taken());
  }

  void takeAll() {
    inFlight().forEach(this::take);
  }

  void answer(Escalated delivery, Attempt attempt) {
    CompletableFuture<Attempt> future = inFlight.remove(delivery);
    if (future == null) {
      throw new AssertionError("Not in flight: " + delivery);
    }
    future.complete(attempt);
  }
}
