package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.store.keys.KeyArchive;
import dev.overseer.store.log.SegmentedLog;
import java.util.function.BooleanSupplier;

/** What a log's records refer to: the archive must have it before it has them. */
@FunctionalInterface
public interface Referred {
  /** For records that refer to nothing. */
  Referred NOTHING = () -> () -> true;

  /**
   * Asks whether the archive has all that there is at this moment. The question can be put again
   * and again; it fails with {@link dev.overseer.model.Unavailable} as stores do.
   */
  BooleanSupplier asOfNow();

  /** For records with values that are encrypted: asking brings their keys to the archive. */
  static Referred of(KeyArchive keys) {
    return () ->
        () -> {
          keys.ship();
          return true;
        };
  }

  /** For records that refer to those of another log. */
  static Referred of(SegmentedLog<?> log) {
    return () -> {
      LogOffset end = log.end();
      return () -> log.archived().compareTo(end) >= 0;
    };
  }
}
