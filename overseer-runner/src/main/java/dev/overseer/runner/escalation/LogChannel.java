package dev.overseer.runner.escalation;

import dev.overseer.runner.journal.JournalEntry.Escalated;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the program's own log: one line, with the delivery and its subject beside it. */
public final class LogChannel implements Channel {
  private static final Logger logger = LoggerFactory.getLogger("dev.overseer.escalation");

  @Override
  public String name() {
    return Escalations.LOG;
  }

  @Override
  public CompletableFuture<Attempt> deliver(Escalated delivery) {
    logger
        .atWarn()
        .addKeyValue("delivery", delivery.id().hex())
        .addKeyValue("subject", delivery.subject().hex())
        .addKeyValue("sequence", delivery.sequence())
        .log("{}", delivery.body());
    return CompletableFuture.completedFuture(new Attempt.Taken());
  }
}
