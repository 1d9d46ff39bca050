package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param start the offset of the first record that was looked at
 * @param heads one for each packed segment, in order: the last one stands for them all
 * @param end the offset after the last record that was found sound
 * @param tornBytes behind that end: what a crash may leave, and no record
 * @param thinned how many segments stand in the places of others, for records of them were deleted
 */
public record VerifiedLog(
    String log,
    LogOffset start,
    List<ChainHead> heads,
    LogOffset end,
    long tornBytes,
    int thinned,
    Optional<LogDamage> damage) {

  /** Up to where the records are chained; those behind it have only their checksums yet. */
  public LogOffset chained() {
    return heads.isEmpty() ? LogOffset.ZERO : heads.getLast().end();
  }
}
