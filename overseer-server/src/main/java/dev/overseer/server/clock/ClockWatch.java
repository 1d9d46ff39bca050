package dev.overseer.server.clock;

import dev.overseer.model.Stage;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.store.log.SegmentedLog;
import java.time.Duration;
import java.time.Instant;

/**
 * Pauses intake while the system's clock is behind what it has shown: nobody can tell then which of
 * the two times is right, and whether a source's time is to be believed is judged by ours. It is
 * over when the clock is put right. A clock that has run on evenly since is taken for right as it
 * is; the server should then be made anew, which alone lets its own time go back.
 */
public final class ClockWatch implements Stage {
  /** Whose clock it is. */
  public static final String SUBJECT = "overseer";

  static final Duration EVENLY_FOR = Duration.ofSeconds(30);
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration UNEVEN_MIN = Duration.ofMillis(500);
  private static final String TEXT =
      "The clock of Overseer's machine was set back. Nothing is taken in until it is put right, or"
          + " has run evenly for 30 s; the sources keep their logs. See whether its time service"
          + " works.";

  private final SteadyClock clock;
  private final SegmentedLog<?> log;
  private final IncidentBook incidents;
  private final Runnable outdated;
  private Instant due = Instant.MIN;
  private Instant evenSince = Instant.MIN;
  private Duration ahead = Duration.ZERO;
  private boolean isAccepted;
  private boolean isClear;

  /**
   * @param log that nothing is brought into meanwhile
   * @param outdated is called when the server should be made anew
   */
  public ClockWatch(
      SteadyClock clock, SegmentedLog<?> log, IncidentBook incidents, Runnable outdated) {
    this.clock = clock;
    this.log = log;
    this.incidents = incidents;
    this.outdated = outdated;
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(due)) {
      return false;
    }
    due = now.plus(EVERY);
    look(now, clock.ahead());
    return true;
  }

  private void look(Instant now, Duration found) {
    boolean isEven = found.minus(ahead).abs().compareTo(UNEVEN_MIN) < 0;
    ahead = found;
    if (found.isZero()) {
      over("It was put right");
    } else if (!isEven) {
      setBack(now);
    } else if (!isAccepted && !now.isBefore(evenSince.plus(EVENLY_FOR))) {
      isAccepted = true;
      over("It has run evenly, %d s behind, and is taken for right".formatted(found.toSeconds()));
      outdated.run();
    }
  }

  private void setBack(Instant now) {
    evenSince = now;
    isAccepted = false;
    isClear = false;
    log.stopIntake(TEXT);
    incidents.raise(IncidentKind.OWN_CLOCK_BACK, SUBJECT, TEXT);
  }

  /** An incident of an earlier life among them. */
  private void over(String text) {
    if (!isClear) {
      isClear = true;
      isAccepted = true;
      incidents.clear(IncidentKind.OWN_CLOCK_BACK, SUBJECT, text);
      log.resumeIntake(TEXT);
    }
  }
}
