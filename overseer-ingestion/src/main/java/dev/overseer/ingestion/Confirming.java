package dev.overseer.ingestion;

import dev.overseer.model.LogRecord;
import dev.overseer.model.SourcePosition;
import dev.overseer.store.log.AppendLog;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the source what it need not keep any more, which is only ever what a safe record of our log
 * names. Each time it also asks the source how far it has read its own log.
 */
final class Confirming {
  private static final Duration AGAIN_MIN = Duration.ofMillis(10);

  private final Duration every;
  private final SourceKnowledge knowledge;
  private final AppendLog<LogRecord> log;
  private final StatusBoard board;
  private Instant confirmedAt = Instant.MIN;
  private boolean asksAgain;

  Confirming(
      Duration every, SourceKnowledge knowledge, AppendLog<LogRecord> log, StatusBoard board) {
    this.every = every;
    this.knowledge = knowledge;
    this.log = log;
    this.board = board;
  }

  /** Somebody waits to hear how far the source has read its log. */
  void askAgain() {
    asksAgain = true;
  }

  boolean asksAgain() {
    return asksAgain;
  }

  void confirm(SourceStream stream, boolean isUrgent, Instant now) throws SourceLost {
    Duration wait = isUrgent ? AGAIN_MIN : every;
    if (confirmedAt.isAfter(Instant.MIN) && now.isBefore(confirmedAt.plus(wait))) {
      return;
    }
    SourcePosition confirmable = knowledge.confirmable(log.safe()).orElseThrow();
    stream.confirm(confirmable);
    board.confirmed(confirmable);
    confirmedAt = now;
    asksAgain = false;
  }
}
