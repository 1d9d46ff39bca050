package dev.overseer.server.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a reading rests on.
 *
 * @param asOf the cut, an effective time, inclusive; empty when it is the latest
 * @param position where the cut is from, when a source's position was asked for
 * @param knownAt only what was stored before this log offset counts
 * @param covered whether every source was heard beyond the cut, so that nothing will ever be added
 *     up to it
 * @param provisional why the reading may still become another one, or is not the whole truth; empty
 *     when neither is so
 * @param sources those that the reading depends on
 */
public record Standing(
    Optional<Instant> asOf,
    Optional<PositionStanding> position,
    long knownAt,
    boolean covered,
    List<String> provisional,
    List<SourceStanding> sources) {
  public Standing {
    provisional = List.copyOf(provisional);
    sources = List.copyOf(sources);
  }

  /**
   * A source's position that was asked for.
   *
   * @param transaction the source's last one at or before it: its effective time is the cut
   * @param through the last one that has the same effective time, and so is in the reading with all
   *     between them, although it comes after the position; empty when there is none
   */
  public record PositionStanding(
      String source, String position, String transaction, Optional<String> through) {}

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
