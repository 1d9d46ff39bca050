package dev.overseer.server.storage;

import dev.overseer.model.Stage;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.store.log.SegmentedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Looks at the disks every second, so that intake pauses before one of them refuses: then what was
 * taken in can still be judged, and the incident be told. It is over, and intake goes on, when a
 * look finds all of them well.
 */
public final class DiskWatch implements Stage {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Disks disks;
  private final SegmentedLog<?> log;
  private final IncidentBook incidents;
  private final InstantSource clock;
  private Instant due = Instant.MIN;
  private Optional<DiskTrouble> trouble = Optional.empty();
  private boolean isClear;

  /**
   * @param log that nothing more is brought into meanwhile
   */
  public DiskWatch(Disks disks, SegmentedLog<?> log, IncidentBook incidents, InstantSource clock) {
    this.disks = disks;
    this.log = log;
    this.incidents = incidents;
    this.clock = clock;
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(due)) {
      return false;
    }
    due = now.plus(EVERY);
    Optional<DiskTrouble> found = trouble.isPresent() ? disks.troubleStill() : disks.trouble();
    if (found.isPresent()) {
      found(found.get());
    } else if (!isClear) {
      over(now);
    }
    return true;
  }

  /** Its words are those of the first look: they tell numbers, which would change with each. */
  private void found(DiskTrouble found) {
    isClear = false;
    if (trouble.filter(found::isAs).isEmpty()) {
      log.stopIntake(found.text());
      trouble.ifPresent(before -> log.resumeIntake(before.text()));
      trouble = Optional.of(found);
      clear(clock.instant(), Optional.of(found));
      incidents.raise(found.kind(), found.directory().toString(), found.text());
    }
  }

  private void over(Instant now) {
    clear(now, Optional.empty());
    trouble.ifPresent(before -> log.resumeIntake(before.text()));
    trouble = Optional.empty();
    isClear = true;
  }

  /** Those on record from before a restart among them. */
  private void clear(Instant now, Optional<DiskTrouble> but) {
    for (Incident incident : incidents.current()) {
      if (DiskTrouble.isOfDisks(incident.kind())
          && but.filter(it -> isOf(incident, it)).isEmpty()) {
        long seconds = Duration.between(incident.openedAt(), now).toSeconds();
        incidents.clear(
            incident.kind(), incident.subject(), "It is over, after %d s".formatted(seconds));
      }
    }
  }

  private static boolean isOf(Incident incident, DiskTrouble trouble) {
    return incident.kind() == trouble.kind()
        && incident.subject().equals(trouble.directory().toString());
  }
}
