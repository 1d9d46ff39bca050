package dev.overseer.ingestion;

import dev.overseer.model.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Raises counted troubles when their counts have grown, seldom enough for a bad day. */
final class TroubleReports {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final SourceName source;
  private final Counters counters;
  private final Consumer<SourceTrouble> troubles;
  private Instant due = Instant.MIN;
  private long jumps;
  private long setBack;
  private long clamped;
  private long deadLetters;
  private String refusal = "";

  TroubleReports(SourceName source, Counters counters, Consumer<SourceTrouble> troubles) {
    this.source = source;
    this.counters = counters;
    this.troubles = troubles;
  }

  void raise(SourceTrouble trouble) {
    troubles.accept(trouble);
  }

  /** The same refusal is told once, until the source has been tailed in between. */
  void refused(String description) {
    if (!refusal.equals(description)) {
      refusal = description;
      troubles.accept(new SourceTrouble.Refused(source, description));
    }
  }

  void tailed() {
    refusal = "";
  }

  void step(Instant now) {
    boolean grown =
        counters.jumps > jumps
            || counters.setBack > setBack
            || counters.clamped > clamped
            || counters.deadLetters > deadLetters;
    if (grown && !now.isBefore(due)) {
      due = now.plus(EVERY);
      raiseWhatGrew();
    }
  }

  private void raiseWhatGrew() {
    if (counters.jumps > jumps) {
      troubles.accept(new SourceTrouble.Jump(source, counters.jumps - jumps));
      jumps = counters.jumps;
    }
    if (counters.setBack > setBack) {
      troubles.accept(new SourceTrouble.SetBack(source));
      setBack = counters.setBack;
    }
    if (counters.clamped > clamped) {
      troubles.accept(new SourceTrouble.Clamped(source, counters.clamped - clamped));
      clamped = counters.clamped;
    }
    if (counters.deadLetters > deadLetters) {
      troubles.accept(
          new SourceTrouble.Unreadable(
              source, counters.deadLetters - deadLetters, counters.lastUnreadable));
      deadLetters = counters.deadLetters;
    }
  }
}
