package dev.overseer.ingestion;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;

/** The order of positions within one incarnation. */
final class Positions {
  private Positions() {}

  /** A chunk comes before what is committed where it was placed. */
  static int compare(SourcePosition one, SourcePosition other) {
    return switch (one) {
      case Lsn lsn ->
          switch (other) {
            case Lsn otherLsn -> lsn.compareTo(otherLsn);
            case ChunkPosition chunk -> -compare(chunk, lsn);
          };
      case ChunkPosition chunk ->
          switch (other) {
            case Lsn lsn -> compare(chunk, lsn);
            case ChunkPosition otherChunk -> chunk.compareTo(otherChunk);
          };
    };
  }

  private static int compare(ChunkPosition chunk, Lsn lsn) {
    return chunk.at().compareTo(lsn) <= 0 ? -1 : 1;
  }

  static boolean reached(SourcePosition reached, SourcePosition goal) {
    return compare(reached, goal) >= 0;
  }

  static SourcePosition earlier(SourcePosition one, SourcePosition other) {
    return compare(one, other) <= 0 ? one : other;
  }

  static SourcePosition later(SourcePosition one, SourcePosition other) {
    return compare(one, other) >= 0 ? one : other;
  }

  /**
   * How much of the source's log lies between the two; 0 when {@code from} is not before {@code
   * to}.
   */
  static long bytesBetween(SourcePosition from, SourcePosition to) {
    return Math.max(0, lsn(to).value() - lsn(from).value());
  }

  private static Lsn lsn(SourcePosition position) {
    return switch (position) {
      case Lsn lsn -> lsn;
      case ChunkPosition chunk -> chunk.at();
    };
  }
}
