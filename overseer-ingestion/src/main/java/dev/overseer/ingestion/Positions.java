package dev.overseer.ingestion;

import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;

/** The order of positions within one incarnation. */
final class Positions {
  private Positions() {}

  static int compare(SourcePosition one, SourcePosition other) {
    return switch (one) {
      case Lsn lsn ->
          switch (other) {
            case Lsn otherLsn -> lsn.compareTo(otherLsn);
          };
    };
  }

  static boolean reached(SourcePosition reached, SourcePosition goal) {
    return compare(reached, goal) >= 0;
  }

  static SourcePosition later(SourcePosition one, SourcePosition other) {
    return compare(one, other) >= 0 ? one : other;
  }

  /**
   * How much of the source's log lies between the two; 0 when {@code from} is not before {@code
   * to}.
   */
  static long bytesBetween(SourcePosition from, SourcePosition to) {
    return switch (from) {
      case Lsn lsn ->
          switch (to) {
            case Lsn toLsn -> Math.max(0, toLsn.value() - lsn.value());
          };
    };
  }
}
