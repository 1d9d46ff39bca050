package dev.overseer.ingestion;

import dev.overseer.model.LogOffset;
import dev.overseer.model.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * Which position may be confirmed upstream: the last one that a durable record of our log names.
 * Remembers two of those that wait, the oldest and the newest, which is enough to follow a log that
 * becomes durable in groups. No I/O; one thread.
 */
final class ConfirmablePositions {
  private SourcePosition confirmable;
  private SourcePosition recorded;
  private @Nullable Waiting oldest;
  private @Nullable Waiting newest;

  /** {@code position} is confirmable when the record at {@code offset} is durable. */
  private record Waiting(LogOffset offset, SourcePosition position) {
    boolean isDurable(LogOffset end) {
      return offset.compareTo(end) < 0;
    }
  }

  /** From a position that is confirmed, or may be. */
  ConfirmablePositions(SourcePosition confirmable) {
    this.confirmable = confirmable;
    this.recorded = confirmable;
  }

  /** The record at {@code offset}, not yet durable perhaps, names {@code position}. */
  void record(LogOffset offset, SourcePosition position) {
    Waiting waiting = new Waiting(offset, position);
    oldest = oldest == null ? waiting : oldest;
    newest = waiting;
    recorded = position;
  }

  /** The position that the last record names, durable or not. */
  SourcePosition recorded() {
    return recorded;
  }

  /** The position that may be confirmed, given that every record before {@code end} is durable. */
  SourcePosition confirmable(LogOffset end) {
    if (newest != null && newest.isDurable(end)) {
      confirmable = newest.position();
      oldest = null;
      newest = null;
    } else if (oldest != null && oldest.isDurable(end)) {
      confirmable = oldest.position();
      oldest = newest;
    }
    return confirmable;
  }
}
