package dev.overseer.runner.escalation;

import dev.overseer.runner.escalation.Channel.Attempt;
import dev.overseer.runner.escalation.Outbox.Lane;
import dev.overseer.runner.escalation.Outbox.Owed;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * What one channel has yet to be told: one lane for each subject, in order within a lane, several
 * lanes at a time. Belongs to one thread.
 */
final class ChannelQueue {
  static final int IN_FLIGHT_MAX = 8;

  private final Channel channel;
  private final Map<Lane, Waiting> lanes = new HashMap<>();
  private final PriorityQueue<Waiting> due =
      new PriorityQueue<>(
          Comparator.comparing((Waiting waiting) -> waiting.notBefore)
              .thenComparing(waiting -> waiting.owed.getFirst().offset()));
  private final List<InFlight> inFlight = new ArrayList<>();

  ChannelQueue(Channel channel) {
    this.channel = channel;
  }

  /** A lane's deliveries; in {@link #due} while there are some and none is in flight. */
  private static final class Waiting {
    final ArrayDeque<Owed> owed = new ArrayDeque<>();
    Instant notBefore = Instant.MIN;
    int attempts;
  }

  private record InFlight(Waiting waiting, CompletableFuture<Attempt> future) {}

  /** An attempt that ended. */
  record Ended(Owed owed, int attempts, Attempt attempt) {}

  String name() {
    return channel.name();
  }

  void offer(Owed owed) {
    Waiting waiting = lanes.computeIfAbsent(owed.lane(), _ -> new Waiting());
    waiting.owed.add(owed);
    if (waiting.owed.size() == 1) {
      due.add(waiting);
    }
  }

  /** Begins what is due, as far as there is room; says whether there was any. */
  boolean begin(Instant now, Function<Owed, Escalated> read) {
    boolean begun = false;
    while (inFlight.size() < IN_FLIGHT_MAX
        && !due.isEmpty()
        && !due.element().notBefore.isAfter(now)) {
      Waiting waiting = due.remove();
      waiting.attempts++;
      Escalated delivery = read.apply(waiting.owed.getFirst());
      inFlight.add(new InFlight(waiting, channel.deliver(delivery)));
      begun = true;
    }
    return begun;
  }

  /** Those that ended since the last call. Each must be {@link #close}d or {@link #postpone}d. */
  List<Ended> ended() {
    List<Ended> ended = new ArrayList<>();
    for (Iterator<InFlight> each = inFlight.iterator(); each.hasNext(); ) {
      InFlight flight = each.next();
      if (flight.future.isDone()) {
        each.remove();
        Waiting waiting = flight.waiting;
        ended.add(new Ended(waiting.owed.getFirst(), waiting.attempts, result(flight.future)));
      }
    }
    return ended;
  }

  /** Done with it, one way or another: the lane's next may go. */
  void close(Owed owed) {
    Waiting waiting = lanes.get(owed.lane());
    if (waiting == null) {
      return;
    }
    waiting.owed.removeFirst();
    waiting.attempts = 0;
    waiting.notBefore = Instant.MIN;
    if (waiting.owed.isEmpty()) {
      lanes.remove(owed.lane());
    } else {
      due.add(waiting);
    }
  }

  /** The lane waits, and everything in it. */
  void postpone(Owed owed, Instant notBefore) {
    Waiting waiting = lanes.get(owed.lane());
    if (waiting != null) {
      waiting.notBefore = notBefore;
      due.add(waiting);
    }
  }

  private static Attempt result(CompletableFuture<Attempt> future) {
    try {
      return future.join();
    } catch (CompletionException | CancellationException failed) {
      return new Attempt.Refused(String.valueOf(failed.getMessage()), Optional.empty());
    }
  }
}
