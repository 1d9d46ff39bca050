package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.EarlierStubs;
import dev.overseer.store.log.EvictedSegments;
import dev.overseer.store.log.LocalSegments;
import dev.overseer.store.log.LocalSegments.OpenSegment;
import dev.overseer.store.log.SealedSegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings a log's directory up to its archive, before the log is opened: the whole of it on an empty
 * disk, the rest where a restoration was interrupted, nothing where the disk is ahead. A directory
 * that holds other records than the archive is refused: two processes had written the log.
 */
public final class Restoration {
  private final SegmentArchive archive;
  private final Path directory;
  private final LocalRoom room;
  private final Progress progress;

  /** Hears how far it has come, after each segment. */
  @FunctionalInterface
  public interface Progress {
    void restored(long bytes, long ofBytes);
  }

  /**
   * @param room what the directory is to hold: older segments stay in the archive
   */
  public Restoration(SegmentArchive archive, Path directory, LocalRoom room, Progress progress) {
    this.archive = archive;
    this.directory = directory;
    this.room = room;
    this.progress = progress;
  }

  /**
   * @param whenNew called first where the disk has not all that the archive has, or no log at all
   * @throws dev.overseer.model.InvalidRequest when the directory is not the archive's, or no longer
   * @throws dev.overseer.model.Unavailable when the archive, or the disk, does not answer
   */
  public void run(Runnable whenNew) {
    EarlierStubs.adopt(directory);
    enterAnew();
    LocalSegments local = LocalSegments.of(directory, archive.name());
    ArchivedSegments archived = archive.after(local.evicted());
    for (SealedSegment sealed : local.sealed()) {
      if (!archived.hasNext()) {
        return;
      }
      follow(archived.next(), sealed);
    }
    if (archived.hasNext() || local.isEmpty()) {
      whenNew.run();
    }
    if (archived.hasNext()) {
      local.open().ifPresent(this::giveUp);
      try (EvictedSegments evicted = new EvictedSegments(directory, archive)) {
        followDeletions(evicted);
        fetch(local.sealed(), archived, evicted);
      }
    }
  }

  /** The file may have been lost, or damaged and deleted, that says what was evicted. */
  private void enterAnew() {
    LogOffset first = LocalSegments.first(directory);
    try (EvictedSegments evicted = new EvictedSegments(directory, archive)) {
      if (evicted.end().compareTo(first) >= 0) {
        return;
      }
      NewestSegments before = new NewestSegments(directory, List.of(), LocalRoom.NONE, evicted);
      ArchivedSegments archived = archive.from(evicted.end());
      boolean isBefore = true;
      while (isBefore && archived.hasNext()) {
        ArchivedSegment segment = archived.next();
        before.add(segment);
        isBefore = segment.first().compareTo(first) < 0;
      }
      before.enter();
    }
  }

  /** The archive may have deleted what this disk still holds. */
  private void follow(ArchivedSegment archived, SealedSegment local) {
    archive.requireSame(archived, local);
    if (archived.generation() > local.generation()) {
      archive.fetch(archived, directory);
    }
  }

  /** Of what this disk leaves to the archive, too: another process went on. */
  private void followDeletions(EvictedSegments evicted) {
    ArchivedSegments archived = archive.from(LogOffset.ZERO);
    evicted.forEach(
        ours -> {
          if (!archived.hasNext()) {
            throw archive.continuedWithout(ours.first());
          }
          ArchivedSegment now = archived.next();
          archive.requireSame(now, ours);
          if (now.generation() > ours.generation()) {
            evicted.change(ours.first(), now.length(), now.generation());
          }
        });
  }

  /** What was begun, while the archive goes on elsewhere, must be nothing yet. */
  private void giveUp(OpenSegment open) {
    if (!open.isEmpty()) {
      throw archive.continuedWithout(open.first());
    }
    Disk.delete(open.file());
  }

  private void fetch(List<SealedSegment> local, ArchivedSegments missing, EvictedSegments evicted) {
    Disk.makeDirectory(directory);
    NewestSegments newest = new NewestSegments(directory, local, room, evicted);
    missing.forEachRemaining(newest::add);
    List<ArchivedSegment> kept = newest.kept();
    long all = kept.stream().mapToLong(ArchivedSegment::length).sum();
    long done = 0;
    for (ArchivedSegment segment : kept) {
      archive.fetch(segment, directory);
      done += segment.length();
      progress.restored(done, all);
    }
  }
}
