package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a log that nobody has opened.
 *
 * @param evicted the last of the segments that the archive alone has the bytes of
 * @param sealed the others, in order; each ends where the next begins
 * @param open the one that was being written, if the last is not sealed
 */
public record LocalSegments(
    Optional<SealedSegment> evicted, List<SealedSegment> sealed, Optional<OpenSegment> open) {

  /**
   * A segment that may have got more records.
   *
   * @param end the offset after its last whole record
   */
  public record OpenSegment(Path file, LogOffset first, LogOffset end) {

    /** Whether it was begun and nothing written to it. */
    public boolean isEmpty() {
      return first.equals(end);
    }
  }

  /**
   * Looks at a directory, which may be empty or missing.
   *
   * @throws dev.overseer.model.CorruptStore when something that was durable is damaged or missing
   */
  public static LocalSegments of(Path directory, String name) {
    if (!Files.isDirectory(directory)) {
      return new LocalSegments(Optional.empty(), List.of(), Optional.empty());
    }
    try (EvictedSegments evicted = new EvictedSegments(directory, RemoteSegments.NONE)) {
      SegmentScan scan = new SegmentScan(directory, name, evicted);
      return scan.isEmpty()
          ? new LocalSegments(evicted.last(), List.of(), Optional.empty())
          : of(evicted, scan.scan());
    }
  }

  private static LocalSegments of(EvictedSegments evicted, SegmentScan.Found found) {
    List<Segment> segments = found.segments();
    List<SealedSegment> sealed = new ArrayList<>();
    for (int i = 1; i < segments.size(); i++) {
      sealed.add(segments.get(i - 1).sealed(segments.get(i).first()));
    }
    Segment last = segments.getLast();
    last.release();
    if (found.lastSealed()) {
      sealed.add(last.sealed(found.lastTable().end()));
      return new LocalSegments(evicted.last(), sealed, Optional.empty());
    }
    LogOffset end = new LogOffset(found.lastTable().end());
    OpenSegment open = new OpenSegment(last.file(), new LogOffset(last.first()), end);
    return new LocalSegments(evicted.last(), sealed, Optional.of(open));
  }

  /** Where what is on the disk begins. */
  public LogOffset start() {
    return evicted.map(SealedSegment::end).orElse(LogOffset.ZERO);
  }

  /** The offset after the last whole record. */
  public LogOffset end() {
    return open.map(OpenSegment::end)
        .orElseGet(() -> sealed.isEmpty() ? start() : sealed.getLast().end());
  }

  /** Where the first segment on the disk begins; 0 where there is none. */
  public static LogOffset first(Path directory) {
    List<Path> files = Files.isDirectory(directory) ? SegmentNames.list(directory) : List.of();
    return files.isEmpty() ? LogOffset.ZERO : new LogOffset(SegmentNames.firstOf(files.getFirst()));
  }

  /** Deletes what a log that nobody has open holds from {@code first} on. */
  public static void removeFrom(Path directory, LogOffset first) {
    for (Path segment : SegmentNames.list(directory)) {
      if (SegmentNames.firstOf(segment) >= first.value()) {
        Disk.delete(segment);
      }
    }
    SegmentNames.listUnfinished(directory).forEach(Disk::delete);
  }

  /** Whether no segment is there, be it that all were evicted. */
  public boolean isEmpty() {
    return sealed.isEmpty() && open.isEmpty();
  }
}
