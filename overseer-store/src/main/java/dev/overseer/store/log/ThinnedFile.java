package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.nio.file.Path;

/**
 * A whole and durable file that is to take the place of a packed segment, with fewer records' bytes
 * in it. It is in nobody's way until it does, and may be deleted before.
 *
 * @param first the offset of the segment's first record
 * @param generation how often records were deleted from the segment, this time included
 * @param sha256 of this file
 */
public record ThinnedFile(Path file, LogOffset first, int generation, Sha256 sha256) {

  static ThinnedFile of(Path segment, SegmentHeader header, Sha256 sha256) {
    return new ThinnedFile(
        SegmentNames.thinnedOf(segment),
        new LogOffset(header.first()),
        header.generation(),
        sha256);
  }

  /** What was left beside a segment. */
  static ThinnedFile find(Path segment) {
    Path file = SegmentNames.thinnedOf(segment);
    return of(segment, SegmentHeader.of(file), Sha256.ofFile(file));
  }
}
