package dev.overseer.store.retention;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.Sha256;
import dev.overseer.store.log.ThinnedFile;
import java.time.Duration;
import java.util.List;

/**
 * What is put on record of one segment before anything of it is deleted.
 *
 * @param first the offset of the segment's first record
 * @param end the offset after its last one
 * @param generation how often records were deleted from the segment, this time included
 * @param before the SHA-256 of the file that held them
 * @param after the SHA-256 of the file that takes its place
 */
public record Deletion(
    LogOffset first,
    LogOffset end,
    int generation,
    Sha256 before,
    Sha256 after,
    List<OfSource> sources) {
  public Deletion {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new InvariantViolated("Nothing is deleted from the segment at " + first);
    }
  }

  /**
   * Changes of one source.
   *
   * @param retention the rule, as it was configured
   * @param horizon before which they all were
   * @param bytes of the changes, as they were received
   * @param from the least effective time of them
   * @param to the greatest
   */
  public record OfSource(
      SourceName source,
      Duration retention,
      EffectiveTime horizon,
      long changes,
      long bytes,
      EffectiveTime from,
      EffectiveTime to) {

    OfSource plus(long moreBytes, EffectiveTime at) {
      return new OfSource(
          source, retention, horizon, changes + 1, bytes + moreBytes, from.min(at), to.max(at));
    }
  }

  /** Whether it is this file that takes the segment's place. */
  boolean isOf(ThinnedFile file) {
    return first.equals(file.first())
        && generation == file.generation()
        && after.equals(file.sha256());
  }
}
