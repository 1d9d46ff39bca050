package dev.overseer.ingestion;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Reads a source's clock now and then, looks less often whether it still sends what is wanted, and
 * hands both to its ingestion. A stage of its own: it waits for answers, which the stream must not.
 * Where the source does not answer it tries again, ever less often.
 */
public final class Probing implements Stage, AutoCloseable {
  private static final Duration INSPECT_EVERY = Duration.ofSeconds(2);

  private final SourceClock sourceClock;
  private final Ingestion ingestion;
  private final Duration every;
  private final BackOff backOff;
  private final InstantSource clock;
  private Instant due = Instant.MIN;
  private Instant inspectionDue = Instant.MIN;

  public Probing(
      SourceClock sourceClock,
      Ingestion ingestion,
      IngestionSettings settings,
      InstantSource clock) {
    this.sourceClock = sourceClock;
    this.ingestion = ingestion;
    this.every = settings.probeEvery();
    this.backOff = new BackOff(settings.retryMin(), settings.retryMax());
    this.clock = clock;
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(due)) {
      return false;
    }
    try {
      ingestion.probed(sourceClock.read());
      inspect(now);
      backOff.reset();
      due = now.plus(every);
    } catch (SourceLost | InvalidRequest e) {
      due = now.plus(backOff.next());
      ingestion.probeFailed(e);
    }
    return true;
  }

  private void inspect(Instant now) throws SourceLost {
    if (!now.isBefore(inspectionDue)) {
      inspectionDue = now.plus(INSPECT_EVERY);
      ingestion.inspected(sourceClock.inspect(ingestion.status().watermark()));
    }
  }

  @Override
  public void close() {
    sourceClock.close();
  }
}
