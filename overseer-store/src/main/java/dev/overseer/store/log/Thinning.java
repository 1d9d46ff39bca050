package dev.overseer.store.log;

import dev.overseer.model.LogOffset;

/**
 * What thinning a segment would do.
 *
 * @param file that is to take the segment's place
 * @param end the offset after the segment's last record
 * @param before the SHA-256 of the file whose place it is to take
 * @param bytesBefore that file's length
 * @param bytesAfter the new file's length
 */
public record Thinning(
    ThinnedFile file, LogOffset end, Sha256 before, long bytesBefore, long bytesAfter) {

  /** Which records are deleted, and what stands in their places. */
  public interface Deletion<R> {

    boolean isDeleted(LogOffset offset);

    R placeholder(R deleted);
  }
}
