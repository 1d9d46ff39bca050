package dev.overseer.ingestion;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Reads a source's clock now and then, looks whether it still sends what is wanted, and hands both
 * to its ingestion. A stage of its own: it waits for answers, which the stream must not. Where the
 * source does not answer it tries again, ever less often.
 *
 * <p>The stream waits for looks, so they are taken when it does; but no more often than takes the
 * source a twentieth of its time, or every two seconds.
 */
public final class Probing implements Stage, AutoCloseable {
  private static final Duration INSPECT_EVERY = Duration.ofSeconds(2);
  private static final Duration INSPECT_AGAIN_MIN = Duration.ofMillis(50);
  private static final int PAUSE_TO_LOOK = 20;

  private final SourceClock sourceClock;
  private final Ingestion ingestion;
  private final Duration every;
  private final Optional<Duration> heartbeatEvery;
  private final BackOff backOff;
  private final InstantSource clock;
  private Instant due = Instant.MIN;
  private Instant heartbeatDue = Instant.MIN;
  private Instant inspectionMin = Instant.MIN;
  private Instant inspectionDue = Instant.MIN;

  public Probing(
      SourceClock sourceClock,
      Ingestion ingestion,
      IngestionSettings settings,
      InstantSource clock) {
    this.sourceClock = sourceClock;
    this.ingestion = ingestion;
    this.every = settings.probeEvery();
    this.heartbeatEvery = settings.heartbeatEvery();
    this.backOff = new BackOff(settings.retryMin(), settings.retryMax());
    this.clock = clock;
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    boolean isProbeDue = !now.isBefore(due);
    boolean isInspectionDue = isInspectionDue(now);
    if (!isProbeDue && !isInspectionDue) {
      return false;
    }
    try {
      if (isProbeDue) {
        ingestion.probed(sourceClock.read());
        due = now.plus(every);
      }
      if (isInspectionDue) {
        inspect();
      }
      beat(now);
      backOff.reset();
    } catch (SourceLost | InvalidRequest e) {
      due = now.plus(backOff.next());
      inspectionMin = due;
      ingestion.probeFailed(e);
    }
    return true;
  }

  private void beat(Instant now) throws SourceLost {
    if (heartbeatEvery.isPresent() && !now.isBefore(heartbeatDue)) {
      sourceClock.beat();
      heartbeatDue = now.plus(heartbeatEvery.get());
    }
  }

  private boolean isInspectionDue(Instant now) {
    return !now.isBefore(inspectionMin)
        && (ingestion.awaitsInspection() || !now.isBefore(inspectionDue));
  }

  private void inspect() throws SourceLost {
    Instant begun = clock.instant();
    ingestion.inspected(sourceClock.inspect());
    Instant ended = clock.instant();
    inspectionMin = ended.plus(pauseAfter(Duration.between(begun, ended)));
    inspectionDue = ended.plus(INSPECT_EVERY);
  }

  /** One that took long must not hold up the stream for many times as long. */
  private static Duration pauseAfter(Duration took) {
    Duration pause = took.multipliedBy(PAUSE_TO_LOOK);
    if (pause.compareTo(INSPECT_EVERY) > 0) {
      return INSPECT_EVERY;
    }
    return pause.compareTo(INSPECT_AGAIN_MIN) > 0 ? pause : INSPECT_AGAIN_MIN;
  }

  @Override
  public void close() {
    sourceClock.close();
  }
}
