package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.log.SegmentedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes the packed segments of a log to its archive, one after the other, and seals the one being
 * written when it has waited long enough. An archive that refuses is tried again for ever, after
 * growing pauses; the log grows on the disk meanwhile, and has no more room when so much of it is
 * not archived that the limit is reached. What is archived makes room for what is not.
 */
public final class Archiving implements Stage {
  private static final String BACKLOG_FULL =
      "more is on this disk alone than storage.local.maxBytes, and the archive does not take it";
  private static final Duration ROOM_EVERY = Duration.ofMillis(200);

  private final SegmentedLog<?> log;
  private final Referred referred;
  private final SegmentArchive archive;
  private final Limits limits;
  private final Attempts attempts;
  private final InstantSource clock;

  private Optional<Instant> openSince = Optional.empty();
  private Instant roomDue = Instant.MIN;
  private boolean knowsArchive;

  /** Whether all is archived that the segment that is next may refer to. */
  private Optional<BooleanSupplier> awaited = Optional.empty();

  /**
   * @param sealAfter a segment that holds anything is sealed when it is this old, full or not
   * @param local how much of the log the disk holds: archived segments are evicted beyond it, and
   *     when more bytes than this are not archived, no more is taken in
   */
  public record Limits(Duration sealAfter, LocalRoom local) {}

  /**
   * @param referred what this log's records refer to: it is archived first
   */
  public Archiving(
      SegmentedLog<?> log,
      Referred referred,
      SegmentArchive archive,
      Limits limits,
      ArchiveWatch watch,
      InstantSource clock) {
    this.log = log;
    this.referred = referred;
    this.archive = archive;
    this.limits = limits;
    this.attempts = new Attempts(archive.name(), watch);
    this.clock = clock;
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    lookForRoom(now);
    if (!knowsArchive) {
      return attempts.attempt(this::look, now);
    }
    Optional<SealedSegment> next = log.packed(log.archived());
    if (next.isEmpty()) {
      return sealWhatIsOld(now);
    }
    return attempts.attempt(() -> isReferredArchived() && take(next.get()), now);
  }

  private boolean isReferredArchived() {
    if (awaited.isEmpty()) {
      awaited = Optional.of(referred.asOfNow());
    }
    return awaited.get().getAsBoolean();
  }

  /** Where the archive ends: it may hold some of the log already. */
  private boolean look() {
    Optional<SealedSegment> last = log.lastEvicted();
    ArchivedSegments archived = archive.after(last);
    while (archived.hasNext()) {
      LogOffset end = last.map(SealedSegment::end).orElse(LogOffset.ZERO);
      last = log.packed(end);
      archive.requireSame(
          archived.next(), last.orElseThrow(() -> archive.continuedWithout(log.end())));
    }
    log.archived(last.map(SealedSegment::end).orElse(LogOffset.ZERO));
    knowsArchive = true;
    return true;
  }

  private boolean take(SealedSegment segment) {
    archive.put(segment);
    log.archived(segment.end());
    awaited = Optional.empty();
    return true;
  }

  private void lookForRoom(Instant now) {
    if (!now.isBefore(roomDue)) {
      roomDue = now.plus(ROOM_EVERY);
      LocalRoom room = limits.local();
      log.shrinkTo(room.bytesMax(), room.segmentsMax());
      if (log.unarchivedBytes() > room.bytesMax()) {
        log.stopIntake(BACKLOG_FULL);
      } else {
        log.resumeIntake(BACKLOG_FULL);
      }
    }
  }

  private boolean sealWhatIsOld(Instant now) {
    if (log.end().equals(log.archived())) {
      openSince = Optional.empty();
      return false;
    }
    if (openSince.isEmpty()) {
      openSince = Optional.of(now);
    }
    if (now.isBefore(openSince.get().plus(limits.sealAfter()))) {
      return false;
    }
    log.seal();
    openSince = Optional.empty();
    return true;
  }
}
