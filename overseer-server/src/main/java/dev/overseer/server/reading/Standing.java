package dev.overseer.server.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a reading rests on.
 *
 * @param asOf the cut, an effective time, inclusive; empty when it is the latest
 * @param knownAt only what was stored before this log offset counts
 * @param covered whether every source was heard beyond the cut, so that nothing will ever be added
 *     up to it
 * @param provisional why the reading may still become another one, or is not the whole truth; empty
 *     when neither is so
 * @param sources those that the reading depends on
 */
public record Standing(
    Optional<Instant> asOf,
    long knownAt,
    boolean covered,
    List<String> provisional,
    List<SourceStanding> sources) {
  public Standing {
    provisional = List.copyOf(provisional);
    sources = List.copyOf(sources);
  }

  /**
   * How far a source had come.
   *
   * @param watermark everything with an earlier effective time was stored; empty when it cannot be
   *     told
   * @param position up to which the source's own log was read
   * @param behindMillis the watermark's distance from now, on Overseer's own clock
   */
  public record SourceStanding(
      String source,
      Optional<Instant> watermark,
      Optional<String> position,
      Optional<Long> behindMillis) {}
}
