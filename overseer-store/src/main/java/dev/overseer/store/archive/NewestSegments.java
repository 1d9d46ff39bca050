package dev.overseer.store.archive;

import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.EvictedSegments;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.log.SegmentNames;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which segments of an archive a disk gets: the newest, as far as there is room. The others are
 * entered as evicted as they are told, so that no more are in memory than the disk is to hold.
 */
final class NewestSegments {
  private static final int ENTERED_AT_ONCE = 2048;

  private final Path directory;
  private final List<SealedSegment> local;
  private final LocalRoom room;
  private final EvictedSegments evicted;
  private final Deque<ArchivedSegment> kept = new ArrayDeque<>();
  private final List<SealedSegment> leaving = new ArrayList<>();
  private long bytes;
  private boolean hasLeft;

  /**
   * @param directory the log's
   * @param local what the disk holds already, all of it before what is told
   */
  NewestSegments(
      Path directory, List<SealedSegment> local, LocalRoom room, EvictedSegments evicted) {
    this.directory = directory;
    this.local = local;
    this.room = room;
    this.evicted = evicted;
  }

  void add(ArchivedSegment segment) {
    kept.addLast(segment);
    bytes += segment.length();
    while (kept.size() > 1 && !room.holds(bytes, kept.size())) {
      evictLocal();
      ArchivedSegment oldest = kept.removeFirst();
      bytes -= oldest.length();
      leaving.add(sealed(oldest));
      if (leaving.size() == ENTERED_AT_ONCE) {
        enter();
      }
    }
  }

  private SealedSegment sealed(ArchivedSegment oldest) {
    return new SealedSegment(
        SegmentNames.of(directory, oldest.first().value()),
        oldest.first(),
        kept.getFirst().first(),
        oldest.length(),
        oldest.generation());
  }

  /** What is on the disk is older than all that is told. */
  private void evictLocal() {
    if (!hasLeft) {
      hasLeft = true;
      evicted.add(local);
      local.forEach(segment -> Disk.delete(segment.file()));
    }
  }

  /** Enters what has no room. */
  void enter() {
    evicted.add(leaving);
    leaving.clear();
  }

  /** Those that there is room for, when all are told, in order. */
  List<ArchivedSegment> kept() {
    enter();
    return List.copyOf(kept);
  }
}
