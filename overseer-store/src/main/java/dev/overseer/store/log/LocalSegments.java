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
 * @param sealed in order; each ends where the next begins
 * @param open the one that was being written, if the last is not sealed
 */
public record LocalSegments(List<SealedSegment> sealed, Optional<OpenSegment> open) {

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
    if (!Files.isDirectory(directory) || SegmentNames.list(directory).isEmpty()) {
      return new LocalSegments(List.of(), Optional.empty());
    }
    SegmentScan.Found found = new SegmentScan(directory, name, RemoteSegments.NONE).scan();
    List<Segment> segments = found.segments();
    List<SealedSegment> sealed = new ArrayList<>();
    for (int i = 1; i < segments.size(); i++) {
      sealed.add(sealed(segments.get(i - 1), segments.get(i).first()));
    }
    Segment last = segments.getLast();
    last.release();
    if (found.lastSealed()) {
      sealed.add(sealed(last, found.lastTable().end()));
      return new LocalSegments(sealed, Optional.empty());
    }
    LogOffset end = new LogOffset(found.lastTable().end());
    return new LocalSegments(
        sealed, Optional.of(new OpenSegment(last.file(), new LogOffset(last.first()), end)));
  }

  private static SealedSegment sealed(Segment segment, long end) {
    return new SealedSegment(
        segment.file(),
        new LogOffset(segment.first()),
        new LogOffset(end),
        segment.length(),
        segment.generation());
  }

  /** The offset after the last whole record. */
  public LogOffset end() {
    return open.map(OpenSegment::end)
        .orElseGet(() -> sealed.isEmpty() ? LogOffset.ZERO : sealed.getLast().end());
  }

  /** Deletes what a log that nobody has open holds from {@code first} on. */
  public static void removeFrom(Path directory, LogOffset first) {
    for (Path segment : SegmentNames.listOnDisk(directory)) {
      if (SegmentNames.firstOf(segment) >= first.value()) {
        Disk.delete(segment);
      }
    }
    SegmentNames.listUnfinished(directory).forEach(Disk::delete);
  }

  /** Whether there is no log at all. */
  public boolean isEmpty() {
    return sealed.isEmpty() && open.isEmpty();
  }
}
