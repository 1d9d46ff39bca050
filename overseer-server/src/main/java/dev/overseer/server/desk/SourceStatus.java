package dev.overseer.server.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a source stands.
 *
 * @param state {@code streaming}, {@code connecting}, {@code stopped} and the like
 * @param trouble what keeps it from being heard; empty when nothing does
 * @param watermark everything with an earlier effective time is stored
 * @param behindMillis the watermark's distance from now, on Overseer's own clock
 * @param stale whether it was not heard of for longer than configured
 * @param position in the source's own log
 * @param updates stored since the server started
 * @param bytes received, of those updates
 * @param unknownTables tables of it that are not wholly known now
 * @param reading how far the reading of existing rows has come, for people; empty when it is done
 * @param retainedBytes of its log that the database keeps for us
 */
public record SourceStatus(
    String name,
    String state,
    Optional<String> trouble,
    Optional<Instant> watermark,
    Optional<Long> behindMillis,
    boolean stale,
    Optional<String> position,
    long updates,
    long bytes,
    List<String> unknownTables,
    Optional<String> reading,
    Optional<Long> retainedBytes) {
  public SourceStatus {
    unknownTables = List.copyOf(unknownTables);
  }
}
