package dev.overseer.runner.escalation;

import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import dev.overseer.runner.escalation.Channel.Attempt;
import dev.overseer.runner.escalation.ChannelQueue.Ended;
import dev.overseer.runner.escalation.Outbox.Owed;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Delivers what the journal says is owed: at least once, in order per channel and subject, subjects
 * side by side. Only what is safe in the journal is ever sent: what is told is not forgotten, nor
 * decided otherwise under the same id. A delivery that is not taken is tried again with growing
 * pauses, and given up when it is refused after {@link #TRIED_FOR}.
 */
public final class Deliverer implements Stage, AutoCloseable {
  /** Since when it was owed, on Overseer's own clock. */
  public static final Duration TRIED_FOR = Duration.ofHours(24);

  private static final int READ_MAX = 512;

  private final AppendLog<JournalEntry> journal;
  private final LogReader<JournalEntry> reader;
  private final Outbox outbox;
  private final Map<String, ChannelQueue> queues = new LinkedHashMap<>();
  private final List<Owed> withoutChannel = new ArrayList<>();
  private final Queue<Owed> notSafe = new ArrayDeque<>();
  private final InstantSource clock;
  private final DeliveryWatch watch;

  /**
   * Goes on where {@code outbox} ends: it may have replayed the journal, in part or not at all.
   *
   * @param channels all that are configured, the log among them
   */
  public Deliverer(
      AppendLog<JournalEntry> journal,
      Outbox outbox,
      Collection<? extends Channel> channels,
      InstantSource clock,
      DeliveryWatch watch) {
    this.journal = journal;
    this.outbox = outbox;
    this.clock = clock;
    this.watch = watch;
    channels.forEach(channel -> queues.put(channel.name(), new ChannelQueue(channel)));
    reader = journal.reader(outbox.next());
    while (reader.next()) {
      outbox.apply(reader.offset(), reader.record());
    }
    notSafe.addAll(outbox.owed().values());
  }

  /** Never waits for a receiver; journals what ended, and begins what is due. */
  @Override
  public boolean step() {
    boolean read = read();
    queueWhatIsSafe();
    List<JournalEntry> outcomes = new ArrayList<>();
    boolean begun = false;
    for (ChannelQueue queue : queues.values()) {
      queue.ended().forEach(ended -> settle(queue, ended, outcomes));
      begun |= queue.begin(clock.instant(), this::body);
    }
    giveUp(outcomes);
    if (!outcomes.isEmpty()) {
      outcomes.forEach(journal::append);
      journal.sync();
    }
    return read || begun || !outcomes.isEmpty();
  }

  /** How many deliveries are owed: for metrics. Called on the stage's own thread. */
  public int pending() {
    return outbox.owed().size();
  }

  @Override
  public void close() {
    reader.close();
  }

  private boolean read() {
    int count = 0;
    while (count < READ_MAX && reader.next()) {
      outbox.apply(reader.offset(), reader.record());
      if (reader.record() instanceof JournalEntry.Escalated escalated) {
        Owed owed = outbox.owed().get(escalated.id());
        if (owed != null) {
          notSafe.add(owed);
        }
      }
      count++;
    }
    return count > 0;
  }

  private void queueWhatIsSafe() {
    LogOffset safe = journal.safe();
    while (!notSafe.isEmpty() && notSafe.element().offset().compareTo(safe) < 0) {
      queue(notSafe.remove());
    }
  }

  private void queue(Owed owed) {
    ChannelQueue queue = queues.get(owed.lane().channel());
    if (queue == null) {
      withoutChannel.add(owed);
    } else {
      queue.offer(owed);
    }
  }

  private void settle(ChannelQueue queue, Ended ended, List<JournalEntry> outcomes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Owed owed = ended.owed();
    switch (ended.attempt()) {
      case Attempt.Taken _ -> {
        queue.close(owed);
        outcomes.add(new JournalEntry.Delivered(owed.id(), now));
        watch.taken(queue.name());
      }
      case Attempt.Refused refused when !now.isBefore(owed.since().plus(TRIED_FOR)) -> {
        queue.close(owed);
        outcomes.add(new JournalEntry.DeliveryGivenUp(owed.id(), refused.error(), now));
        watch.givenUp(queue.name(), refused.error());
      }
      case Attempt.Refused refused -> {
        Duration pause = Backoff.after(ended.attempts(), owed.id());
        Duration asked = refused.notBefore().orElse(Duration.ZERO);
        queue.postpone(owed, now.plus(pause.compareTo(asked) > 0 ? pause : asked));
        if (Integer.bitCount(ended.attempts()) == 1) {
          outcomes.add(
              new JournalEntry.DeliveryFailed(owed.id(), ended.attempts(), refused.error(), now));
        }
      }
    }
  }

  /** A channel that is no longer configured takes nothing, now or later. */
  private void giveUp(List<JournalEntry> outcomes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (Owed owed : withoutChannel) {
      String error = "channel '" + owed.lane().channel() + "' is not configured any more";
      outcomes.add(new JournalEntry.DeliveryGivenUp(owed.id(), error, now));
    }
    withoutChannel.clear();
  }

  private JournalEntry.Escalated body(Owed owed) {
    JournalEntry entry = journal.get(owed.offset());
    if (entry instanceof JournalEntry.Escalated escalated) {
      return escalated;
    }
    throw new InvariantViolated("The journal owes nothing at " + owed.offset() + ": " + entry);
  }
}
