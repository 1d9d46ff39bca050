package dev.overseer.store.index;

import static dev.overseer.store.index.Milestones.STRETCH_RECORDS;

import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds commits of one source by what only grows among them: positions within an incarnation,
 * effective times. Halves the log between the index's milestones, and reads no more than one
 * stretch of it, however long the log is and however long the source was silent.
 *
 * @param from the first offset that is looked at
 * @param to the offset after the last one, which the index must have consumed
 */
public record CommitSearch(
    UpdateIndex index,
    ReadableLog<LogRecord> log,
    SourceName source,
    LogOffset from,
    LogOffset to) {

  /** A commit, and where it is. */
  public record Found(LogOffset offset, LogRecord.Commit commit) {}

  /**
   * The last commit of those that are meant.
   *
   * @param meant holds of the first ones, and of none after them
   */
  public Optional<Found> last(Predicate<LogRecord.Commit> meant) {
    Optional<Found> within = Optional.empty();
    long low = Milestones.stretch(from);
    long high = Milestones.stretch(to) + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Optional<Found> passed = milestone(middle).filter(it -> isPassed(it, meant));
      if (passed.isPresent()) {
        within = passed;
        low = Milestones.stretch(passed.get().offset()) + 1;
      } else {
        high = middle;
      }
    }
    Optional<Found> last = within;
    return milestone(low)
        .flatMap(next -> lastUpTo(next.offset(), meant))
        .or(() -> last.filter(it -> it.offset().compareTo(from) >= 0));
  }

  /** The first commit of all. */
  public Optional<Found> first() {
    long stretch = Milestones.stretch(from);
    Optional<Found> milestone =
        milestone(stretch)
            .filter(found -> found.offset().compareTo(from) >= 0)
            .or(() -> milestone(stretch + 1));
    return milestone.flatMap(it -> firstUpTo(it.offset()));
  }

  /** Whether there is nothing before the milestone that needs to be looked at. */
  private boolean isPassed(Found milestone, Predicate<LogRecord.Commit> meant) {
    LogOffset offset = milestone.offset();
    return offset.compareTo(from) < 0
        || (offset.compareTo(to) < 0 && meant.test(milestone.commit()));
  }

  private Optional<Found> milestone(long stretch) {
    return index
        .milestone(source, new LogOffset(stretch * STRETCH_RECORDS))
        .map(offset -> new Found(offset, commit(offset)));
  }

  private LogRecord.Commit commit(LogOffset offset) {
    if (log.get(offset) instanceof LogRecord.Commit commit) {
      return commit;
    }
    throw new InvariantViolated("The milestone at %s is no commit".formatted(offset));
  }

  /** Of the commits of the stretch that ends with this one. */
  private Optional<Found> lastUpTo(LogOffset end, Predicate<LogRecord.Commit> meant) {
    Optional<Found> last = Optional.empty();
    try (LogReader<LogRecord> reader = stretchReader(end)) {
      Optional<Found> next = next(reader, end);
      while (next.filter(found -> meant.test(found.commit())).isPresent()) {
        last = next;
        next = next(reader, end);
      }
    }
    return last;
  }

  private Optional<Found> firstUpTo(LogOffset end) {
    try (LogReader<LogRecord> reader = stretchReader(end)) {
      return next(reader, end);
    }
  }

  private LogReader<LogRecord> stretchReader(LogOffset end) {
    long begin = Milestones.stretch(end) * STRETCH_RECORDS;
    return log.reader(new LogOffset(Math.max(from.value(), begin)));
  }

  /** The next commit of the source, up to {@code end} and before {@link #to}. */
  private Optional<Found> next(LogReader<LogRecord> reader, LogOffset end) {
    while (reader.next()
        && reader.offset().compareTo(end) <= 0
        && reader.offset().compareTo(to) < 0) {
      if (reader.record() instanceof LogRecord.Commit commit && commit.source().equals(source)) {
        return Optional.of(new Found(reader.offset(), commit));
      }
    }
    return Optional.empty();
  }
}
