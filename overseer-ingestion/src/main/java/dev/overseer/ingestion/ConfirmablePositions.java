package dev.overseer.ingestion;

import dev.overseer.model.LogOffset;
import dev.overseer.model.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * Which position may be confirmed upstream: the last one that a safe record of our log names.
 * Remembers two of those that wait, the oldest and the newest, which is enough to follow a log that
 * becomes safe in groups. No I/O; one thread.
 */
final class ConfirmablePositions {
  private SourcePosition confirmable;
  private SourcePosition recorded;
  private @Nullable Waiting oldest;
  private @Nullable Waiting newest;

  /** {@code position} is confirmable when the record at {@code offset} is safe. */
  private record Waiting(LogOffset offset, SourcePosition position) {
    boolean isSafe(LogOffset safe) {
      return offset.compareTo(safe) < 0;
    }
  }

  /** From a position that is confirmed, or may be. */
  ConfirmablePositions(SourcePosition confirmable) {
    this.confirmable = confirmable;
    this.recorded = confirmable;
  }

  /**
   * Goes on with a log that names {@code recorded} somewhere before {@code end}. Until all of that
   * is safe, only what the source {@code retains} its log from may be confirmed, again.
   */
  static ConfirmablePositions restored(
      SourcePosition recorded, LogOffset end, SourcePosition retained) {
    ConfirmablePositions positions = new ConfirmablePositions(retained);
    positions.record(new LogOffset(end.value() - 1), recorded);
    return positions;
  }

  /** The record at {@code offset}, not yet safe perhaps, names {@code position}. */
  void record(LogOffset offset, SourcePosition position) {
    Waiting waiting = new Waiting(offset, position);
    oldest = oldest == null ? waiting : oldest;
    newest = waiting;
    recorded = position;
  }

  /** The position that the last record names, safe or not. */
  SourcePosition recorded() {
    return recorded;
  }

  /** The position that may be confirmed, given that every record before {@code safe} is safe. */
  SourcePosition confirmable(LogOffset safe) {
    if (newest != null && newest.isSafe(safe)) {
      confirmable = newest.position();
      oldest = null;
      newest = null;
    } else if (oldest != null && oldest.isSafe(safe)) {
      confirmable = oldest.position();
      oldest = newest;
    }
    return confirmable;
  }
}
