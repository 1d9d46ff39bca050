package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import java.util.Optional;

/**
 * Which of a source's updates never happened in the history that goes on, since when, and from
 * where on in the log that is known.
 *
 * @param first the first of their commits
 * @param known the offset of the record that says so, which comes after all of them
 * @param from the effective time from which they count no more
 */
public record Disowning(SourceName source, LogOffset first, LogOffset known, EffectiveTime from) {

  /** Empty when the fork disowned nothing. */
  static Optional<Disowning> of(LogRecord.Forked forked, LogOffset offset) {
    return forked.disowned().equals(offset)
        ? Optional.empty()
        : Optional.of(new Disowning(forked.source(), forked.disowned(), offset, forked.from()));
  }

  /** Whether the update whose commit is stored at {@code commit} does not count at {@code asOf}. */
  boolean hides(LogOffset commit, AsOf asOf) {
    return commit.compareTo(first) >= 0
        && commit.compareTo(known) < 0
        && known.compareTo(asOf.knownAt()) < 0
        && !asOf.cut().isBefore(from);
  }
}
