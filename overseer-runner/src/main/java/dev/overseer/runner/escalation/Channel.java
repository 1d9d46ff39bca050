package dev.overseer.runner.escalation;

import dev.overseer.runner.journal.JournalEntry.Escalated;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A way to tell somebody. Called from one thread, several deliveries at a time. */
public interface Channel {

  /** As configured. */
  String name();

  /**
   * Begins to deliver, without waiting. The same delivery may come again, with the same id, after a
   * failure or a crash.
   */
  CompletableFuture<Attempt> deliver(Escalated delivery);

  /** What became of one attempt. */
  sealed interface Attempt {

    record Taken() implements Attempt {}

    /**
     * Not taken: it is tried again.
     *
     * @param notBefore how long the receiver asked to be left alone
     */
    record Refused(String error, Optional<Duration> notBefore) implements Attempt {}
  }
}
