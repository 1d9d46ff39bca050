package dev.overseer.store.archive;

import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.LocalSegments;
import dev.overseer.store.log.LocalSegments.OpenSegment;
import dev.overseer.store.log.SealedSegment;
import java.nio.file.Files;
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
  private final long localBytesMax;
  private final Progress progress;

  /** Hears how far it has come, after each segment. */
  @FunctionalInterface
  public interface Progress {
    void restored(long bytes, long ofBytes);
  }

  /**
   * @param localBytesMax what the directory holds at most: of older segments it gets stubs alone
   */
  public Restoration(
      SegmentArchive archive, Path directory, long localBytesMax, Progress progress) {
    this.archive = archive;
    this.directory = directory;
    this.localBytesMax = localBytesMax;
    this.progress = progress;
  }

  /**
   * @param whenNew called first where the disk has not all that the archive has, or no log at all
   * @throws dev.overseer.model.InvalidRequest when the directory is not the archive's, or no longer
   * @throws dev.overseer.model.Unavailable when the archive, or the disk, does not answer
   */
  public void run(Runnable whenNew) {
    List<ArchivedSegment> archived = archive.list();
    LocalSegments local = LocalSegments.of(directory, archive.name());
    int common = Math.min(archived.size(), local.sealed().size());
    for (int i = 0; i < common; i++) {
      archive.requireSame(archived.get(i), local.sealed().get(i));
      followDeletion(archived.get(i), local.sealed().get(i));
    }
    if (common < archived.size() || local.isEmpty()) {
      whenNew.run();
    }
    if (common < archived.size()) {
      local.open().ifPresent(this::giveUp);
      fetch(archived.subList(common, archived.size()));
    }
  }

  /** The archive has deleted what this disk still holds. */
  private void followDeletion(ArchivedSegment archived, SealedSegment local) {
    if (archived.generation() > local.generation()) {
      if (Files.exists(local.file())) {
        archive.fetch(archived, directory);
      } else {
        archive.fetchStub(archived, directory);
      }
    }
  }

  /** What was begun, while the archive goes on elsewhere, must be nothing yet. */
  private void giveUp(OpenSegment open) {
    if (!open.isEmpty()) {
      throw archive.continuedWithout(open.first());
    }
    Disk.delete(open.file());
  }

  private void fetch(List<ArchivedSegment> missing) {
    Disk.makeDirectory(directory);
    int stubs = stubs(missing);
    missing.subList(0, stubs).forEach(segment -> archive.fetchStub(segment, directory));
    List<ArchivedSegment> whole = missing.subList(stubs, missing.size());
    long all = whole.stream().mapToLong(ArchivedSegment::length).sum();
    long done = 0;
    for (ArchivedSegment segment : whole) {
      archive.fetch(segment, directory);
      done += segment.length();
      progress.restored(done, all);
    }
  }

  /** How many of the first segments find no room; the last one always does. */
  private int stubs(List<ArchivedSegment> missing) {
    int whole = 1;
    long bytes = missing.getLast().length();
    while (whole < missing.size()
        && bytes + missing.get(missing.size() - 1 - whole).length() <= localBytesMax) {
      bytes += missing.get(missing.size() - 1 - whole).length();
      whole++;
    }
    return missing.size() - whole;
  }
}
